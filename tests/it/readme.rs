//! The README against the program: its table of keys is the binding table; must not test prose.

#[path = "../../examples/picture/svg.rs"]
mod svg;

use std::fmt::Write as _;

use langfit::action::Action;
use langfit::keys::{At, Context, FieldKeys, Group, PaneKeys};
use langfit::screen::bindings;
use langfit::screen::pages::PAGES;

fn table() -> String {
    let mut table = String::from("| keys | what they do |\n| --- | --- |\n");
    for group in Group::ALL {
        let _ = writeln!(table, "| **{}** | |", group.title());
        for binding in bindings().filter(|binding| binding.group == group) {
            let _ = writeln!(table, "| `{}` | {} |", binding.shown, binding.does);
        }
    }
    table
}

#[test]
fn the_readme_lists_the_keys_as_they_are() {
    let readme = include_str!("../../README.md");
    let table = table();
    assert!(readme.contains(&table), "the README's table of keys should be:\n\n{table}");
}

/// The README shows what a reviewer gets; it has to be what the program prints.
#[test]
fn the_readme_shows_the_advice_as_it_is() {
    let readme = include_str!("../../README.md");
    let command = readme
        .lines()
        .find(|line| line.starts_with("langfit advise --system"))
        .expect("the command stands there");
    let questionnaire = langfit::built_in::questionnaire();
    let mut session = langfit::session::Session::new(&questionnaire);
    session.details.system.push_str("Billing");
    for assignment in command.split(" --set ").skip(1) {
        session.assign(&questionnaire, assignment).expect("the option exists");
    }
    let text = langfit::wording::advice_text(&questionnaire, &session);
    let firm = text.split_once("\n\nAPI: ").expect("the advice says how firm it is").1;
    let firm = format!("API: {}", firm.trim_end());
    assert!(readme.contains(&firm), "the README should show:\n\n{firm}");
}

#[test]
fn the_picture_of_the_readme_is_the_screen_as_it_is() {
    let readme = include_str!("../../README.md");
    assert!(
        readme.contains("(docs/screen.svg)")
            && readme.contains("cargo run --example picture > docs/screen.svg")
    );
    let picture = svg::picture().expect("the session of the documentation can be drawn");
    assert!(picture == include_str!("../../docs/screen.svg"), "draw it again with the command of the README");
}

/// Every place where keys can be pressed: the panes, the pages, and the text fields that the rows of the
/// table name.
fn contexts() -> Vec<Context> {
    use PaneKeys::{Advice, Many, One, Outline, Parts, Text};

    let panes = [Outline, One, Many, Parts, Text, Advice].map(Context::Pane);
    let pages = PAGES.iter().map(|it| Context::Page { id: it.id, is_list: it.is_list, undoes: it.undoes });
    let mut fields: Vec<FieldKeys> = Vec::new();
    for place in bindings().flat_map(|binding| binding.places) {
        if let At::Field(field) = place
            && !fields.contains(field)
        {
            fields.push(*field);
        }
    }
    assert!(fields.len() > 2, "some pages have a field of their own");
    panes.into_iter().chain(pages).chain(fields.into_iter().map(Context::Field)).collect()
}

#[test]
fn no_key_is_bound_twice_in_a_context() {
    let contexts = contexts();
    for (index, binding) in bindings().enumerate() {
        for (key, _) in binding.keys {
            for other in bindings().skip(index) {
                let shared = contexts.iter().any(|context| binding.works(*context) && other.works(*context));
                let times = other.keys.iter().filter(|(it, _)| it == key).count();
                let expected = usize::from(std::ptr::eq(other, binding));
                assert!(
                    !shared || times <= expected,
                    "{key:?} of {} is bound again by {}",
                    binding.shown,
                    other.shown
                );
            }
        }
    }
}

#[test]
fn every_context_can_be_left_stopped_and_closed() {
    for context in contexts() {
        for wanted in [Action::Quit, Action::Stop] {
            let asks = |(_, action): &(_, Action)| *action == wanted;
            let has = bindings().any(|binding| binding.works(context) && binding.keys.iter().any(asks));
            assert!(has, "{wanted:?} in {context:?}");
        }
        let closes = |action: &Action| matches!(action, Action::Close | Action::Accept);
        let closed =
            bindings().any(|it| it.works(context) && it.keys.iter().any(|(_, action)| closes(action)));
        assert!(closed, "{context:?} is closed by a key");
    }
}

#[test]
fn every_binding_explains_itself() {
    for binding in bindings() {
        assert!(!binding.keys.is_empty() && !binding.places.is_empty(), "{}", binding.shown);
        assert!(binding.does.len() > 3, "{}", binding.shown);
        let first = binding.does.chars().next().expect("it is not empty");
        assert!(first.is_lowercase() && !binding.does.ends_with('.'), "{}: {}", binding.shown, binding.does);
    }
}
