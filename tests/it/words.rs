//! Checks the rules about plain words that a program can check. See "Words" in CONTRIBUTING.md.

use std::fs;
use std::path::Path;

use langfit::built_in::{PRECEDENTS, QUESTIONS, SCENARIOS};
use langfit::questionnaire::Say;
use langfit::screen::bindings;
use langfit::wording::glossary;

use crate::support::shipped;

/// Maximum number of words in a sentence on the screen.
const ON_SCREEN: usize = 20;
/// Maximum number of words in a sentence of the glossary or the documentation.
const IN_DOCUMENTS: usize = 30;

/// Phrases that no English-speaking colleague would use for what this project has to say.
const ODD: [&str; 23] = [
    "somebody",
    "anybody",
    "handed over",
    "level with",
    "gets by",
    "sits badly",
    "is told",
    "are told",
    "taken back",
    "is called so",
    "whatever is still",
    "further language",
    "in the making",
    "all the same",
    "made anew",
    "written anew",
    "asked anew",
    "no other is in the running",
    "speaks for anybody",
    "gone through",
    "looked at again",
    "stands twice",
    "goes by",
];

/// Returns the project's files with these extensions: those below `src` and `docs`, and those in the root
/// folder.
fn files(extensions: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("docs")];
    let mut found = Vec::new();
    let is_wanted = |path: &Path| {
        path.extension().and_then(|it| it.to_str()).is_some_and(|extension| extensions.contains(&extension))
    };
    let mut add = |path: &Path| {
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        found.push((name, fs::read_to_string(path).expect("a text file")));
    };
    for entry in fs::read_dir(root).expect("the folder can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_file() && is_wanted(&path) {
            add(&path);
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if is_wanted(&path) {
                add(&path);
            }
        }
    }
    found
}

#[test]
fn no_text_and_no_comment_has_an_odd_phrase() {
    let files = files(&["rs", "j2", "md", "ron", "json"]);
    assert!(files.len() > 200, "only {} files were found", files.len());
    let mut odd = Vec::new();
    for (name, text) in &files {
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            let phrases = ODD.iter().filter(|phrase| lower.contains(*phrase));
            odd.extend(phrases.map(|phrase| format!("{name}:{}: {phrase}: {}", number + 1, line.trim())));
        }
    }
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

/// Fails for each sentence with too many words.
#[track_caller]
fn check_length(text: &str, most: usize) {
    for sentence in text.split_inclusive(['.', '?', '!', ':', ';']) {
        let words = sentence.split_whitespace().count();
        assert!(words <= most, "{words} words, and {most} is the limit: {sentence}");
    }
}

#[test]
fn sentences_on_the_screen_are_short() {
    let questionnaire = shipped();
    for question in questionnaire.questions() {
        check_length(&question.ask, ON_SCREEN);
        check_length(&question.why, ON_SCREEN);
        question.options.iter().for_each(|option| check_length(&option.text, ON_SCREEN));
    }
    for line in questionnaire.lines() {
        check_length(&line.because, ON_SCREEN);
    }
    let says = questionnaire.says().iter().map(|say: &Say| say.text.as_str());
    says.for_each(|text| check_length(text, ON_SCREEN));
    bindings().for_each(|binding| check_length(binding.does, ON_SCREEN));
    for (_, meaning) in glossary(&questionnaire) {
        check_length(&meaning, IN_DOCUMENTS);
    }
}

/// Returns the paragraphs and list items of a Markdown page, without code and tables.
fn paragraphs(page: &str) -> Vec<String> {
    let prose: String = page.split("```").step_by(2).collect();
    let blocks = prose.split("\n\n").filter(|block| !block.contains('|'));
    let items = blocks.flat_map(|block| block.split("\n* ").flat_map(|it| it.split("\n- ")));
    items.map(|item| item.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn sentences_of_the_documentation_are_short() {
    for (name, page) in files(&["md"]).iter().filter(|(name, _)| !name.ends_with("LICENSE.md")) {
        for paragraph in paragraphs(page) {
            for sentence in paragraph.split(". ").flat_map(|it| it.split(": ")) {
                let words = sentence.split_whitespace().count();
                assert!(words <= IN_DOCUMENTS, "{name}: {words} words: {sentence}");
            }
        }
    }
}

/// A reason names its candidate or the author who makes the argument, and never starts with a pronoun.
#[test]
fn reasons_have_a_subject() {
    const PRONOUNS: [&str; 8] = ["it", "its", "this", "that", "they", "these", "one", "there"];
    for line in shipped().lines() {
        let first = line.because.split_whitespace().next().unwrap_or_default().to_lowercase();
        assert!(!PRONOUNS.contains(&first.as_str()), "no subject: {}", line.because);
        let names_candidate = line.because.contains("{}");
        let names_author = line.because.contains("argue") || line.because.contains("(20");
        assert!(names_candidate || names_author, "about no candidate: {}", line.because);
    }
}

/// Returns the quoted texts of a file in RON, with comments left out.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
}

#[test]
fn texts_are_in_one_spelling_and_without_contractions() {
    const BRITISH: [&str; 8] =
        ["behaviour", "colour", "favour", "organis", "standardis", "serialis", "optimis", "authoris"];
    for text in [QUESTIONS, PRECEDENTS, SCENARIOS].into_iter().flat_map(quoted) {
        let lower = text.to_lowercase();
        // Addresses and the titles of sources keep their spelling.
        if text.starts_with("http") || text.contains("Don't Block") || text.contains("don't over use") {
            continue;
        }
        assert!(!lower.contains("n't ") && !lower.contains("it's "), "a contraction: {text}");
        let british = BRITISH.iter().find(|word| lower.contains(*word));
        assert!(british.is_none(), "British spelling: {text}");
    }
}
