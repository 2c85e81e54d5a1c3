//! Templates that teams write for themselves: with their own front matter, in their own order.

use langfit::record::{Dialect, RecordOptions, render};
use langfit::source::Source;

use super::{assert_in_order, full};
use crate::cli::{folder, langfit, write};
use crate::support::sample;

const EXAMPLE: &str = include_str!("../../../docs/template.md.j2");
const REFERENCE: &str = include_str!("../../../docs/templates.md");

fn filled(text: &str) -> Result<String, String> {
    let template = Source::new("own.md.j2", text);
    let options = RecordOptions { template: Some(&template), ..RecordOptions::new(Dialect::Madr) };
    render(&sample(), &full(), &options).map_err(|error| format!("{error:#}"))
}

/// After templates of public repositories: one for a site generator with front matter, pros before cons; one
/// that asks first and decides last.
#[test]
fn a_template_has_its_own_front_matter_and_order() {
    let record = filled(EXAMPLE).expect("the example is right");
    assert_in_order(
        &record,
        &[
            "---\ntitle: \"Languages for claims\"\nstatus: proposed\nlast_review: 2026-11-21\ntags: [architecture, language]\n---\n# ",
            "\n\nWe propose to use ",
            "\n## Consequences\n\n### Pros\n\n* ",
            "\n### Cons\n\n* Bad, because ",
            "\n## Context\n",
            "\n## Parts\n\n| Part | ",
            "\nMade by langfit from ",
        ],
    );
    let record = filled(include_str!("../data/templates/rfc.md.j2")).expect("the template is right");
    assert_in_order(
        &record,
        &[
            "# 1 Languages for claims\n\n**Status:** proposed **Date:** 2026-11-21 **Deciders:** Dana Ortiz, Priya Raman\n",
            "\n## What is asked\n",
            "\n### Python\n\n- ",
            "\n## What we do\n\nWe propose to use ",
            "\n## How sure we are\n\n- API: ",
            "\n## References\n\n* guide: ",
        ],
    );
    for record in [filled(EXAMPLE), filled("{{ title }}")] {
        let record = record.expect("it is right");
        assert!(
            record.ends_with('\n') && !record.ends_with("\n\n") && !record.contains("\n\n\n"),
            "{record}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_template_is_said_with_its_place() {
    for (text, says) in [
        (
            "# {{ title }}\n\n{{ titel }}\n",
            "own.md.j2:3:4: `titel` is not known to a template; docs/templates.md",
        ),
        ("{% for part in parts %}\n{{ part.name }\n{% endfor %}", "own.md.j2:2:"),
        ("a\n{{ title|shout }}", "own.md.j2:2:"),
        ("{% include \"nothing\" %}", "own.md.j2:1:"),
        ("{{ outcome.decison }}", "own.md.j2:1:4: `outcome.decison` is not known to a template"),
    ] {
        let said = filled(text).expect_err("it is wrong");
        assert!(said.starts_with(says), "{said}");
        assert!(!said.contains("the team's own"), "{said}");
    }
}

/// Code spans in the first column of a table.
fn listed(heading: &str) -> Vec<String> {
    let section = REFERENCE.split(heading).nth(1).expect("the section is there");
    let section = section.split("\n## ").next().unwrap_or(section);
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let first = rows.filter_map(|row| row.split(" | ").next());
    first.flat_map(|cell| cell.split('`').step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// What the reference lists is there, and what templates of ours use is listed.
#[test]
fn the_reference_of_templates_is_true() {
    let values: Vec<String> = listed("## Values\n").into_iter().filter(|it| !it.is_empty()).collect();
    assert!(values.len() > 30, "{values:?}");
    for value in &values {
        filled(&format!("{{{{ {value} }}}}")).unwrap_or_else(|error| panic!("{value}: {error}"));
    }
    let parts = REFERENCE.split("## Parts that can be included\n").nth(1).expect("the section is there");
    let names: Vec<&str> = parts.split('`').skip(1).step_by(2).skip(1).collect();
    assert!(names.contains(&"decision") && names.len() > 8, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "argument") {
        filled(&format!("{{% include \"{name}\" %}}")).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn export_fills_a_template() {
    let folder = folder();
    write(&folder, "s.ron", &full().to_ron(&sample()).expect("it can be written"));
    write(&folder, "t.md.j2", EXAMPLE);
    write(&folder, "wrong.md.j2", "{{ x }}");
    let run = |arguments: &[&str]| langfit(folder.path(), &[&["export", "s.ron"], arguments].concat());
    let record = run(&["--template", "t.md.j2"]);
    assert_eq!(record.code, Some(0), "{}", record.err);
    assert!(record.out.starts_with("---\ntitle: \"Languages for claims\"\n"), "{}", record.out);
    let wrong = run(&["--template", "wrong.md.j2"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.starts_with("wrong.md.j2:1:4: `x` is not known to a template"), "{}", wrong.err);
    assert_eq!(
        run(&["--template", "t.md.j2", "-o", "t.md.j2", "--force"]).code,
        Some(2),
        "it is the template"
    );
    assert_eq!(run(&["--template", "t.md.j2", "--format", "html"]).code, Some(2));
    assert_eq!(run(&["--template", "none.md.j2"]).code, Some(2));
}
