//! Tests decision records in every dialect: their shape, what is chosen and what is left out. The advice
//! itself is out of scope.

mod beside;
mod decided;
mod files;
mod folders;
mod hostile;
mod own;
mod readers;
mod recheck;
mod strangers;
mod supersedes;
mod templates;

use langfit::record::{Dialect, RecordLink, RecordOptions, heading, render, slug};
use langfit::session::Session;
use tempfile::TempDir;

use super::cli::{folder, langfit, write};
use super::support::{sample, session};

/// The dialects meant for human readers.
const DIALECTS: [Dialect; 5] =
    [Dialect::Madr, Dialect::Log4brains, Dialect::Nygard, Dialect::Markdown, Dialect::Html];

/// Returns a session with five parts, a note and an owner.
fn full() -> Session {
    let sample = sample();
    let mut session = session(
        &sample,
        &[
            "parts=ui,api,pipeline,training,inference",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=request-response",
            "load=?",
            "team-stack=python,java,typescript",
            "own-owner=Team Claims, for three years.",
        ],
    );
    let draw = sample.find("draw").expect("it is asked");
    session.answers.given_mut(draw).note = String::from("The data team asked for it.");
    session.details.title = String::from("Languages for claims");
    session.details.deciders = vec!["Dana Ortiz".to_owned(), "Priya Raman".to_owned()];
    session.stamp("2026-11-21".parse().expect("a day"));
    session
}

fn dated(assignments: &[&str]) -> Session {
    let mut session = session(&sample(), assignments);
    session.stamp("2026-11-21".parse().expect("a day"));
    session
}

/// Returns three sessions: one without answers, one with a tie, and one with all candidates ruled out.
fn undecided() -> [Session; 3] {
    [
        dated(&[]),
        dated(&["arrival=request-response", "team-stack=java,csharp"]),
        dated(&["parts=ui", "existing=limits", "standard=shell"]),
    ]
}

#[track_caller]
fn written(session: &Session, form: &RecordOptions) -> String {
    render(&sample(), session, form).expect("it can be written")
}

#[track_caller]
fn check(session: &Session, dialect: Dialect, pieces: &[&str]) -> String {
    let record = written(session, &RecordOptions::new(dialect));
    assert_in_order(&record, pieces);
    record
}

/// Checks that the text contains the pieces in this order.
#[track_caller]
fn assert_in_order(text: &str, pieces: &[&str]) {
    let mut at = 0;
    for piece in pieces {
        let found = text[at..].find(piece);
        at += found.unwrap_or_else(|| panic!("{piece:?} is missing behind byte {at} of:\n{text}"))
            + piece.len();
    }
}

/// Returns a folder with this session as `s.ron`.
fn with_session(session: &Session) -> TempDir {
    let folder = folder();
    write(&folder, "s.ron", &session.to_ron(&sample()).expect("it can be written"));
    folder
}

/// Runs `export s.ron` with these arguments. Returns standard output and standard error.
#[track_caller]
fn exported(folder: &TempDir, arguments: &[&str]) -> (String, String) {
    let run = langfit(folder.path(), &[&["export", "s.ron"], arguments].concat());
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.err);
    (run.out, run.err)
}

#[test]
fn madr_says_what_is_chosen_and_keeps_notes_with_their_answers() {
    let record = check(
        &full(),
        Dialect::Madr,
        &[
            "---\nstatus: proposed\ndate: 2026-11-21\ndecision-makers: [\"Dana Ortiz\", \"Priya Raman\"]\n",
            "\n---\n# Languages for claims\n\nWe propose to use Python for ",
            "\n* What draws you: ",
            "\n\n  > The data team asked for it.\n",
            "\n## Considered Options\n\n* Python and TypeScript\n* Python\n",
            "\nChosen option: \"Python and TypeScript\", because ",
            "\n\nPython for the API: ",
            "\n\nTypeScript for the UI: ",
            "\n### Python and TypeScript\n\n* Good, because it is ",
            "\n### Ownership\n",
            "\n\n  > Team Claims, for three years.\n",
            "\n### How firm this is\n\n* API: ",
            "\n### Sources\n\n* guide: ",
        ],
    );
    assert!(!record.contains("://") || record.contains("<https://"), "an address is no bare one");
}

#[test]
fn log4brains_has_its_bullets_under_the_title_and_no_front_matter() {
    check(
        &full(),
        Dialect::Log4brains,
        &[
            "# Languages for claims\n\n- Status: proposed\n- Deciders: Dana Ortiz, Priya Raman\n- Date: 2026-11-21\n- Tags: language\n\nWe propose to use ",
            "\n## Context and Problem Statement\n",
            "\n## Decision Drivers\n\n- ",
            "\n## Considered Options\n\n- ",
            "\n## Decision Outcome\n\nChosen option: \"",
            "\n### Negative Consequences\n\n- Bad, because ",
            "\n## Pros and Cons of the Options\n",
            "\n## Links\n\n- guide: ",
        ],
    );
}

#[test]
fn nygard_has_his_four_sections_and_speaks_as_we() {
    let record = check(
        &full(),
        Dialect::Nygard,
        &[
            "# 1. Languages for claims\n\nDate: 2026-11-21\n\n## Status\n\nProposed\n\n## Context\n",
            "\n## Decision\n\nWe propose to use ",
            "\n## Consequences\n\n* Good, because one language, Python, covers ",
        ],
    );
    assert_eq!(record.matches("\n## ").count(), 4, "{record}");
    let form = RecordOptions { number: Some(12), ..RecordOptions::new(Dialect::Nygard) };
    assert!(written(&full(), &form).starts_with("# 12. "));
}

#[test]
fn markdown_fits_a_screen() {
    let record = check(
        &full(),
        Dialect::Markdown,
        &[
            "# Languages for claims\n\nProposed on 2026-11-21, to be decided by Dana Ortiz, Priya Raman. We propose to use Python for ",
            "\n\nPython for the API: ",
            "\n| Part | Language | ",
            "\n* Bad, because ",
            "\n## Assumptions\n\n* ",
        ],
    );
    assert!(record.lines().count() <= 40, "{record}");
}

#[test]
fn html_is_one_file_that_needs_and_runs_nothing() {
    let record = check(
        &full(),
        Dialect::Html,
        &[
            "<!DOCTYPE html>\n<html lang=\"en\">",
            "<title>Languages for claims</title>",
            "prefers-color-scheme: dark",
            "@media print",
            "<h1>Languages for claims</h1>",
            "<h2 id=\"outcome\">Decision</h2>",
            "<h2>Why</h2>",
            "<th scope=\"col\">Part</th>",
            "<blockquote>The data team asked for it.</blockquote>",
            "<svg class=\"map\" role=\"img\" aria-labelledby=\"map-title map-words\"",
            "<desc id=\"map-words\">",
            "<title id=\"ranking-1\">Scores for ",
            "<desc id=\"ranking-5-words\">",
            "<title id=\"firm-1\">How firm the choice for ",
            "</html>\n",
        ],
    );
    for part in ["<script", "src=", "@import", "url(", "style=", "onload", "javascript:", "<link"] {
        assert!(!record.contains(part), "{part}");
    }
    let levels: Vec<&str> =
        record.match_indices("<h").filter_map(|(at, _)| record.get(at + 2..at + 3)).collect();
    let levels: Vec<&str> = levels.into_iter().filter(|it| it.parse::<u8>().is_ok()).collect();
    let steps = levels.windows(2).all(|pair| pair[1] == "2" || pair[0] >= "2" && pair[1] == "3");
    assert!(levels[0] == "1" && steps, "{levels:?}");
    for open in ["table", "ul", "figure", "svg", "section", "div"] {
        let (opened, closed) =
            (record.matches(&format!("<{open}")).count(), record.matches(&format!("</{open}>")).count());
        assert_eq!(opened, closed, "{open}");
    }
}

/// In both color schemes, text has a contrast of 4.5 to 1 and shapes of 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
#[test]
fn html_can_be_read_in_light_and_dark() {
    let record = written(&full(), &RecordOptions::new(Dialect::Html));
    let schemes: Vec<&str> = record.lines().filter_map(|line| line.trim().strip_prefix(":root {")).collect();
    assert_eq!(schemes.len(), 2, "light and dark");
    for scheme in schemes {
        let light = |name: &str| {
            let at = scheme.find(&format!("--{name}: #")).expect("it is set") + name.len() + 5;
            let channel = |index: usize| {
                let value = u8::from_str_radix(&scheme[at + 2 * index..at + 2 * index + 2], 16);
                let value = f64::from(value.expect("a colour")) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
        };
        let contrast = |one: &str, other: &str| {
            let (one, other) = (light(one), light(other));
            (one.max(other) + 0.05) / (one.min(other) + 0.05)
        };
        for text in ["ink", "soft", "link"] {
            for ground in ["paper", "pane"] {
                assert!(contrast(text, ground) >= 4.5, "{text} on {ground}: {}", contrast(text, ground));
            }
        }
        for shape in ["line", "bar", "lead"] {
            let contrast = contrast(shape, "paper");
            assert!(contrast >= 3.0, "{shape}: {contrast}");
        }
    }
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    for session in [&full()].into_iter().chain(&undecided()) {
        for dialect in DIALECTS {
            for brief in [false, true] {
                let form = RecordOptions { brief, ..RecordOptions::new(dialect) };
                assert_eq!(written(session, &form), written(session, &form), "{dialect:?}");
            }
        }
    }
}

/// Markdown has blank lines around headings, never two in a row, no trailing spaces and no empty sections.
#[test]
fn markdown_of_every_dialect_is_tidy() {
    for session in [&full()].into_iter().chain(&undecided()) {
        for dialect in DIALECTS.into_iter().filter(|it| *it != Dialect::Html) {
            for brief in [false, true] {
                let record = written(session, &RecordOptions { brief, ..RecordOptions::new(dialect) });
                assert!(!record.contains("\n\n\n"), "{record}");
                assert!(record.ends_with('\n') && !record.ends_with("\n\n"), "{record}");
                assert!(record.lines().all(|line| line.trim_end() == line), "{record}");
                let lines: Vec<&str> = record.lines().collect();
                for pair in lines.windows(2).filter(|pair| pair[0] != "---") {
                    let heading = pair[0].starts_with('#') || pair[1].starts_with('#');
                    assert!(!heading || pair.contains(&""), "{pair:?} in\n{record}");
                }
                let sections = record.split("\n## ").skip(1);
                for section in sections {
                    let text = section.split_once('\n').map_or("", |(_, text)| text);
                    assert!(!text.trim().is_empty(), "an empty section: {section}");
                }
            }
        }
    }
}

#[test]
fn a_brief_record_is_about_a_page_with_the_outcome_on_the_first_screen() {
    for dialect in DIALECTS {
        let whole = written(&full(), &RecordOptions::new(dialect));
        let brief = written(&full(), &RecordOptions { brief: true, ..RecordOptions::new(dialect) });
        assert!(brief.len() <= whole.len(), "{dialect:?}");
        if matches!(dialect, Dialect::Madr | Dialect::Log4brains | Dialect::Nygard) {
            for left_out in ["### Scores", "### Practices", "### Sources", "Pros and Cons", "### Ruled out"] {
                assert!(!brief.contains(left_out), "{dialect:?}: {left_out}");
            }
            // Five parts take about two pages.
            assert!(brief.split_whitespace().count() <= 1300, "{brief}");
        }
    }
    let brief = written(&full(), &RecordOptions { brief: true, ..RecordOptions::new(Dialect::Madr) });
    let at = brief.lines().position(|line| line.starts_with("We propose to use "));
    assert!(at.is_some_and(|line| line < 12), "{brief}");
    assert!(brief.contains("\n### How to reproduce\n\nGenerated by langfit"), "{brief}");
}

/// If nothing can be chosen, each dialect says so and makes no choice.
#[test]
fn what_is_not_chosen_is_said_in_the_outcome() {
    let reasons = ["languages are tied", "Java and C\\#/.NET are tied", "every choice is ruled out"];
    for (session, reason) in undecided().iter().zip(reasons) {
        for dialect in [Dialect::Madr, Dialect::Log4brains] {
            let outcome = "\nChosen option: \"Keep it open\", because the answers do not decide it yet: ";
            check(
                session,
                dialect,
                &[reason, "\n- Keep it open\n".replace('-', sign(dialect)).as_str(), outcome],
            );
        }
        let decision = "\n## Decision\n\nWe will decide when more is known.\n\nNothing is chosen for ";
        check(session, Dialect::Nygard, &["\nProposed\n", decision, reason]);
        let open = "We will decide when more is known.";
        check(session, Dialect::Markdown, &[&format!("Proposed on 2026-11-21. {open}")]);
        let html = check(session, Dialect::Html, &[&format!("<p class=\"chosen\">{open}</p>")]);
        assert!(!html.contains("class=\"map\""), "one part needs no map");
    }
}

fn sign(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Log4brains { "-" } else { "*" }
}

/// If all parts stay as they are, the record says so and makes no choice.
#[test]
fn nothing_to_decide_is_a_record_too() {
    let sample = sample();
    let mut session = dated(&["parts=api,ui"]);
    for part in session.answers.part_ids() {
        let java = sample.find_candidate("java").expect("known");
        session.answers.set_plan(part, langfit::answers::Plan::StaysIn(java));
    }
    check(&session, Dialect::Madr, &["\nChosen option: \"Leave it as it is\", because every part stays "]);
    check(&session, Dialect::Nygard, &["\nWe will leave every part as it is.\n", "stays in Java"]);
    check(&session, Dialect::Html, &["class=\"map\"", "API: stays in Java; UI: stays in Java."]);
}

/// Every dialect shows decisions with their reasons, and marks the record as accepted.
#[test]
fn a_decision_is_shown_in_every_dialect() {
    let folder = with_session(&dated(&["parts=api,pipeline", "draw=packages", "ecosystem=data-ml"]));
    for part in ["API=go", "Pipeline=python"] {
        let run = langfit(
            folder.path(),
            &["decide", "s.ron", "--part", part, "--because", "The platform team runs it."],
        );
        assert_eq!(run.code, Some(0), "{}", run.err);
    }
    let accept = ["advise", "s.ron", "--accepted", "2026-11-28", "--save"];
    assert_eq!(langfit(folder.path(), &accept).code, Some(0));
    for (format, status, chosen) in [
        ("madr", "\nstatus: accepted\n", "Chosen option: \"Go and Python\", because the team's reason"),
        (
            "log4brains",
            "\n- Status: accepted\n",
            "Chosen option: \"Go and Python\", because the team's reason",
        ),
        ("nygard", "\nAccepted\n", "\nWe will use Go for the API, and Python for the Pipeline."),
        (
            "markdown",
            "\nAccepted on 2026-11-28",
            ". We will use Go for the API, and Python for the Pipeline.",
        ),
        (
            "html",
            "<dd>accepted</dd>",
            "<p class=\"chosen\">We will use Go for the API, and Python for the Pipeline.</p>",
        ),
    ] {
        let (record, _) = exported(&folder, &["--format", format]);
        for piece in
            [status, chosen, "questionnaire recommends Python for the API, ", "The platform team runs it."]
        {
            assert!(record.contains(piece), "{format}: {piece} is missing in\n{record}");
        }
    }
    let (record, _) = exported(&folder, &["--format", "json"]);
    assert!(record.contains("\"differs\": true"));
}

#[test]
fn a_title_becomes_a_name_that_every_system_takes() {
    assert_eq!(slug("Languages for the Claims platform!"), "languages-for-the-claims-platform");
    assert_eq!(slug("C++ or C#?"), "cpp-or-csharp");
    assert_eq!(slug("Dana's"), "danas");
    assert_eq!(slug("../../etc/passwd"), "etc-passwd");
    assert_eq!(slug(" \u{202e}-- "), "decision");
    // Other scripts are transliterated to Latin letters.
    assert_eq!(slug("\u{dc}berblick"), "uberblick");
    assert_eq!(slug("Gr\u{f6}\u{df}e der Stra\u{df}e"), "grosse-der-strasse");
    assert_eq!(slug("Cafe\u{301} \u{2014} \u{153}uvre \u{2018}n\u{b0} 5\u{2019}"), "cafe-oeuvre-ndeg-5");
    assert_eq!(
        slug("\u{7f16}\u{7a0b}\u{8bed}\u{8a00}\u{7684}\u{9009}\u{62e9}"),
        "bian-cheng-yu-yan-de-xuan-ze"
    );
    assert_eq!(
        slug("\u{410}\u{440}\u{445}\u{438}\u{442}\u{435}\u{43a}\u{442}\u{443}\u{440}\u{430}"),
        "arkhitektura"
    );
    assert_ne!(slug("\u{8a00}\u{8a9e}"), slug("\u{8a9e}\u{8a00}"));
    // Titles that cannot be transliterated still get distinct names.
    assert_ne!(slug("\u{10fffd}1\u{20000}"), slug("\u{10fffd}1\u{20001}"));
    // Invisible characters are dropped.
    assert_eq!(
        slug("lan\u{ad}guage \u{feff}of\u{200d} \u{2060}\u{200b}claims\u{fe0f}"),
        "language-of-claims"
    );
    // A long title is cut between words. The number of the record keeps names distinct.
    assert_eq!(slug(&"word ".repeat(40)), ["word"; 14].join("-"));
    let long = "The languages of the claims platform, its batch jobs and every tool around it";
    assert_eq!(slug(long), "the-languages-of-the-claims-platform-its-batch-jobs-and-every-tool");
    assert_eq!(slug(&"x".repeat(200)), "x".repeat(70));
}

#[test]
fn a_heading_is_read_as_it_was_meant() {
    assert_eq!(heading("# A \\# &lt;b&gt; \\| &amp;lt;\n"), Some("A # <b> | &lt;".to_owned()));
    assert_eq!(heading("\u{feff}# T ##\r\n"), Some("T".to_owned()));
    assert_eq!(heading("---\ntitle: x\n---\n\ntext\n# T\n# U\n"), Some("T".to_owned()));
    assert_eq!(heading("---\nopen\n# T\n"), Some("T".to_owned()), "a line that nothing closes is a line");
    assert_eq!(heading("## T\n#T\n# \n"), None);
    // Headings as defined by CommonMark.
    assert_eq!(heading("Use C\r\n=====\r\n"), Some("Use C".to_owned()));
    assert_eq!(heading("Two\nlines\n=\n"), Some("Two lines".to_owned()));
    assert_eq!(heading("   # T   ##   \n"), Some("T".to_owned()));
    assert_eq!(heading("# C\\#\n"), Some("C#".to_owned()));
    assert_eq!(heading("# C#\n"), Some("C#".to_owned()));
    assert_eq!(
        heading("# `a` *b* [c](d) <https://e.f> &copy;\n"),
        Some("a b c https://e.f \u{a9}".to_owned())
    );
    assert_eq!(
        heading("    # no\n\n```\n# no\n```\n\n<!--\n# no\n-->\n\n> # no\n\n# T\n"),
        Some("T".to_owned())
    );
    assert_eq!(heading("~~~~\n```\n# no\n~~~\n# no\n~~~~\n# T\n"), Some("T".to_owned()));
}

/// A source has its date, its address as a link, and a warning if it was last verified over a year before.
#[test]
fn sources_say_how_old_they_are() {
    let text = super::support::SAMPLE_TEXT.replace(
        "(id: \"upkeep\", ",
        "(id: \"upkeep\", url: \"https://example.org/a_b\", verified: \"2025-11-20\", ",
    );
    let own = super::support::parse(&text);
    let record = |date: &str, dialect| {
        let mut session = session(&own, &["draw=packages", "ecosystem=data-ml", "parts=training"]);
        session.stamp(date.parse().expect("a day"));
        render(&own, &session, &RecordOptions::new(dialect)).expect("it can be written")
    };
    let source = "Coreor Team, 2026-04-21, <https://example.org/a_b>";
    let stale = " (last verified on 2025-11-20, more than a year before this record; check it again)\n";
    let late = record("2026-11-21", Dialect::Madr);
    assert!(late.contains(&format!("{source}{stale}")), "{late}");
    let soon = record("2026-11-20", Dialect::Madr);
    assert!(soon.contains(&format!("{source}\n")) && !soon.contains("look again"), "{soon}");
    let html = record("2026-11-21", Dialect::Html);
    assert!(
        html.contains(">https:&#x2f;&#x2f;example.org&#x2f;a_b</a> (last verified on 2025-11-20"),
        "{html}"
    );
}

/// A hostile title of the superseded record breaks neither the link nor the page.
#[test]
fn a_hostile_old_title_stays_text() {
    let link = RecordLink {
        number: None,
        title: "a](javascript:x) <b> [c".to_owned(),
        stem: "old".to_owned(),
        file: "../x y)(\"'.md".to_owned(),
    };
    for dialect in DIALECTS {
        let form = RecordOptions { supersedes: vec![link.clone()], ..RecordOptions::new(dialect) };
        let record = written(&dated(&[]), &form);
        assert!(record.contains("../x%20y%29%28%22%27.md"), "{dialect:?}: {record}");
        match dialect {
            Dialect::Log4brains => assert!(record.contains("Supersedes [old](")),
            Dialect::Html => assert!(record.contains(">a](javascript:x) &lt;b&gt; [c</a>")),
            _ => assert!(record.contains("[a\\](javascript:x) &lt;b> \\[c](")),
        }
    }
}

#[test]
fn a_note_on_the_parts_is_in_every_record() {
    let questionnaire = sample();
    let mut session = session(&questionnaire, &["parts=api"]);
    let parts = questionnaire.parts_question().expect("it has parts");
    session.answers.given_mut(parts).note.push_str("Drawn with the operations team");
    for dialect in [Dialect::Madr, Dialect::Log4brains, Dialect::Nygard, Dialect::Html] {
        let record =
            render(&questionnaire, &session, &RecordOptions::new(dialect)).expect("it can be written");
        assert!(record.contains("Drawn with the operations team"), "{dialect:?}");
    }
}
