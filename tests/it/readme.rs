//! Checks the README and the pages of `docs` against the program: keys, outputs and the picture.

#[path = "../../examples/picture/record.rs"]
mod record;
#[path = "../../examples/picture/screen.rs"]
mod screen;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use langfit::action::Action;
use langfit::keys::{At, Context, FieldKeys, Group, PaneKeys};
use langfit::screen::bindings;
use langfit::screen::pages::PAGES;

use crate::cli::{folder, run, write};

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
fn the_page_of_keys_lists_the_bindings() {
    let page = include_str!("../../docs/keys.md");
    let table = table();
    assert!(page.contains(&table), "docs/keys.md should contain:\n\n{table}");
}

/// Returns the text block of a page that starts with `first`.
fn block<'a>(page: &'a str, first: &str) -> &'a str {
    let start =
        page.find(&format!("```text\n{first}")).unwrap_or_else(|| panic!("no block starts with {first}"));
    page[start..].trim_start_matches("```text\n").split("\n```").next().unwrap_or_default()
}

/// Checks the text block of a page that starts with `first`. With `UPDATE_PAGES=1`, corrects the page instead.
#[track_caller]
fn check_block(name: &str, first: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let page = fs::read_to_string(&path).expect("the page is there");
    let shown = block(&page, first);
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(path, page.replacen(shown, expected, 1)).expect("the page can be written");
        return;
    }
    let differs = shown.lines().zip(expected.lines()).find(|(shown, expected)| shown != expected);
    assert!(
        shown == expected,
        "{name} differs from the program; `UPDATE_PAGES=1 cargo test readme` corrects it. {differs:#?}"
    );
}

#[test]
fn the_readme_explains_the_terms_like_the_help() {
    let questionnaire = langfit::built_in::questionnaire();
    let terms = langfit::wording::glossary(&questionnaire);
    let mut list = String::new();
    for (term, meaning) in terms {
        let _ = writeln!(list, "* **{term}**: {meaning}");
    }
    for page in [include_str!("../../README.md"), include_str!("../../docs/advice.md")] {
        assert!(page.contains(&list), "the page should contain:\n\n{list}");
    }
}

/// What the README says about the size and the state of the questionnaire.
#[test]
fn the_readme_counts_what_there_is() {
    let readme = include_str!("../../README.md").replace('\n', " ");
    let questionnaire = langfit::built_in::questionnaire();
    let kinds = questionnaire.parts_question().expect("parts are picked");
    let (languages, kinds) = (questionnaire.all_candidates().len(), questionnaire[kinds].options.len());
    let verified = include_str!("../../questions.ron").matches("verified: \"").count();
    let sources = questionnaire.sources().len();
    for said in [
        format!("It compares {languages} languages for {kinds} kinds of part."),
        format!("{verified} of the {sources} sources were compared with the reasons that cite them."),
    ] {
        assert!(readme.contains(&said), "the README should say: {said}");
    }
}

/// An outdated digest would greet readers with the message that the questionnaire has changed.
#[test]
fn the_sessions_of_the_documentation_belong_to_the_questionnaire() {
    let digest = format!("digest: \"{}\"", langfit::built_in::questionnaire().digest());
    for name in ["docs/example.ron", "docs/billing.ron"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).expect("the session is there");
        let start = text.find("digest: \"").expect("it names its questionnaire");
        let old = &text[start..start + digest.len()];
        if std::env::var_os("UPDATE_PAGES").is_some() {
            fs::write(path, text.replace(old, &digest)).expect("the session can be written");
        } else {
            assert_eq!(old, digest, "{name}: `UPDATE_PAGES=1 cargo test readme` corrects it");
        }
    }
}

/// The worked example in the README must be what the program prints for docs/billing.ron.
#[test]
fn the_readme_shows_the_example_as_it_is() {
    let readme = include_str!("../../README.md");
    let folder = folder();
    write(&folder, "billing.ron", include_str!("../../docs/billing.ron"));
    let advice = run(folder.path(), &["advise", "billing.ron"]).out;
    let first = "  TypeScript leads JavaScript";
    let compared = advice.find(first).expect("two languages are compared");
    let compared = advice[compared..].split("\n\n").next().unwrap_or_default();
    check_block("README.md", first, compared);
    let command = readme.lines().find(|line| line.starts_with("langfit decide docs/billing.ron"));
    let command = command.expect("the decision is shown").replace("docs/billing.ron", "billing.ron");
    let (start, because) = command.split_once(" --because ").expect("the reason is shown");
    let mut arguments: Vec<&str> = start.split(' ').skip(1).collect();
    arguments.extend(["--because", because.trim_matches('"')]);
    run(folder.path(), &arguments);
    let record = run(folder.path(), &["export", "billing.ron", "--format", "markdown"]).out;
    let start =
        record.split("\n## ").next().and_then(|start| start.split("\nSession:").next()).unwrap_or_default();
    check_block("README.md", "# Languages of the billing platform", start.trim_end());
    let questionnaire = langfit::built_in::questionnaire();
    let question = &questionnaire[questionnaire.find("types").expect("it is asked")];
    let mut shown = format!("{}\n{}", question.title, question.ask);
    for option in &question.options {
        let _ = write!(shown, "\n  {}", option.text);
    }
    check_block("README.md", "Use of types", &shown);
}

/// The recommendation shown in docs/advice.md must be what the program prints.
#[test]
fn the_page_of_advice_shows_the_output_as_it_is() {
    let readme = include_str!("../../docs/advice.md");
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
    check_block("docs/advice.md", "API: ", &firm);
}

#[test]
fn the_pictures_of_the_readme_are_what_the_program_shows() {
    let readme = include_str!("../../README.md");
    assert!(include_str!("../../CONTRIBUTING.md").contains("cargo run --example picture\n"));
    let screen = (screen::screen_picture(), "docs/screen.svg", include_str!("../../docs/screen.svg"));
    let record = (record::record_picture(), "docs/record.svg", include_str!("../../docs/record.svg"));
    for (picture, name, kept) in [screen, record] {
        assert!(readme.contains(&format!("({name})")), "the README should show {name}");
        let picture = picture.expect("the session of the documentation can be drawn");
        assert!(picture == kept, "draw {name} again with the command of CONTRIBUTING.md");
    }
}

/// Returns every context in which keys can be pressed: the panes, the pages, and the text fields that the
/// binding table names.
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
