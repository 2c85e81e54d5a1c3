//! Tests files of the maximum size that are crafted to be slow. Time must grow linearly with size, not
//! quadratically, and messages must stay short. Their wording is out of scope.
//!
//! Each time is compared with that of an ordinary file of the same size, measured immediately afterward.
//! Quadratic growth would be a factor of hundreds. Only this module and `work` measure time.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use langfit::advice::{outlook, recommend};
use langfit::lint::lint;
use langfit::questionnaire::Questionnaire;
use langfit::session::Session;
use langfit::source::{Rejected, SIZE_LIMIT, Source};

use crate::cli::{folder, langfit, write};
use crate::support::sample;

/// Maximum ratio of a file's time to that of an ordinary file of the same size.
const RATIO: u32 = 12;

const HEAD: &str = r#"(format:2,id:"t",version:"1",title:"T",subject:"a",sources:[(id:"s",title:"S")],candidates:[(id:"a",name:"A"),(id:"b",name:"B")],questions:["#;
const QUESTION: &str =
    r#"(id:"one",title:"One",ask:"?",why:"w",kind:One,options:[(id:"x",text:"X",evidence:["#;
const SESSION: &str = r#"(format:1,questionnaire:(id:"language-fit",version:"1",digest:"0"),"#;

/// Returns a text of the maximum file size: as many items as fit between `head` and `tail`.
fn filled(head: &str, item: impl Fn(usize) -> String, tail: &str) -> String {
    let mut text = head.to_owned();
    for index in 0.. {
        let item = item(index);
        if text.len() + item.len() + tail.len() > SIZE_LIMIT as usize {
            break;
        }
        text.push_str(&item);
    }
    text + tail
}

/// Returns the items of a list, concatenated.
fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().concat()
}

fn questions(text: &str) -> Result<(), Rejected> {
    Questionnaire::parse(&Source::new("large.ron", text)).map(|_| ())
}

fn session(text: &str) -> Result<(), Rejected> {
    Session::parse(&Source::new("large.ron", text), &sample()).map(|_| ())
}

fn once(work: impl Fn()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Checks that reading a hostile text and rendering its errors takes no longer than [`RATIO`] allows.
#[track_caller]
fn check(name: &str, ordinary: impl Fn(), read: impl Fn(&str) -> Result<(), Rejected>, text: &str) {
    assert!(text.len() <= SIZE_LIMIT as usize, "{name} is too large to be read at all");
    let read = || {
        if let Err(rejected) = read(text) {
            let message = rejected.to_string();
            assert!(message.len() < 20_000, "{name}: a message of {} bytes", message.len());
        }
    };
    assert_fast(name, read, ordinary);
}

/// Checks that `work` takes at most [`RATIO`] times as long as `ordinary`.
#[track_caller]
fn assert_fast(name: &str, work: impl Fn(), ordinary: impl Fn()) {
    // Each attempt measures both, because other processes slow this one down from time to time.
    let mut attempts = (0..5).map(|_| (once(&work), once(&ordinary)));
    assert!(attempts.any(|(took, ordinary)| took <= ordinary * RATIO), "{name} takes too long in 5 attempts");
}

#[test]
fn a_questionnaire_made_to_be_slow_takes_no_longer_than_its_size() {
    let evidence = |because: &str, source: &str| {
        let (because, source) = (because.to_owned(), source.to_owned());
        move |at: usize| {
            format!(r#"(points:1,candidates:["a"],because:"{because}{at}",source:["{source}"]),"#)
        }
    };
    let text = |of: String| format!(r#"(id:"{of}",title:"One",ask:"?",why:"w",kind:Text),"#);
    let end = "])])])";
    let ordinary = filled(&format!("{HEAD}{QUESTION}"), evidence("b", "s"), end);
    let ordinary = || assert!(questions(&ordinary).is_ok());
    let check = |name: &str, text: &str| check(name, ordinary, questions, text);

    let item = evidence(r"b\n", "s");
    check("reasons with an escape", &filled(&format!("{HEAD}{QUESTION}"), &item, end));
    let lines = |at: usize| item(at) + "\n";
    check("the same on many lines", &filled(&format!("{HEAD}{QUESTION}"), lines, end));
    check("one id for all", &filled(HEAD, |_| text("one".to_owned()), "])"));
    check("the same on many lines", &filled(HEAD, |_| text("one".to_owned()) + "\n", "])"));
    check("too many questions", &filled(HEAD, |at| text(format!("q{at}")), "])"));
    let long = "x".repeat(150);
    let many = list(999, |at| format!(r#"(id:"{long}{at}",title:"t"),"#));
    let head = HEAD.replace("sources:[", &format!("sources:[{many}"));
    let other = "y".repeat(150);
    check("long names that are not known", &filled(&format!("{head}{QUESTION}"), evidence("b", &other), end));
    let many = list(25_000, |at| format!(r#"(id:"c{at}",name:"x"),"#));
    let head = HEAD.replace("candidates:[", &format!("candidates:[{many}"));
    let about = |at: usize| format!(r#"(id:"q{at}",title:"t",ask:"a",why:"w",kind:Candidates()),"#);
    check("candidates times questions", &filled(&head, about, "])"));
    let many = list(62, |at| format!(r#"(id:"c{at}",name:"x"),"#));
    let head = HEAD.replace("candidates:[", &format!("candidates:[{many}"));
    let template = r#"(id:"q",title:"t",ask:"a",why:"w",kind:Candidates(chosen:(evidence:["#;
    let points = |_| r#"(points:1,because:"b",source:["s"]),"#.to_owned();
    check(
        "a template of thousands for each candidate",
        &filled(&format!("{head}{template}"), points, "])))])"),
    );
    let options = |at: usize| format!(r#"(id:"o{at}",text:"x"),"#);
    let question = QUESTION.replace(r#"(id:"x",text:"X",evidence:["#, "");
    check("too many options", &filled(&format!("{HEAD}{question}"), options, "])])"));
    check("one string", &format!("{}])", HEAD.replace("\"T\"", &format!("\"{}\"", "x".repeat(1_000_000)))));
    let marks = format!("\"e{}\"", "\u{301}".repeat(500_000));
    check("one character of half a million marks", &format!("{}])", HEAD.replace("\"T\"", &marks)));
    check("one name", &format!("({}: 1)", "a".repeat(1_000_000)));
    check(
        "one unknown id",
        &format!(
            "{HEAD}{QUESTION}(points:1,candidates:[\"{}\"],because:\"b\",source:[\"s\"])])])])",
            "a".repeat(1_000_000)
        ),
    );
}

#[test]
fn notation_made_to_be_slow_takes_no_longer_than_its_size() {
    let ordinary = filled(HEAD, |at| format!(r#"(id:"q{at}",title:"One",ask:"?",why:"w",kind:Text),"#), "])");
    let ordinary = || assert!(questions(&ordinary).is_err(), "it has too many questions");
    let size = SIZE_LIMIT as usize;
    for piece in [
        "(",
        "[",
        "{",
        "()",
        "Not(",
        "Some(",
        "[(",
        "\"",
        "\\",
        "/*",
        "/**/",
        "//\n",
        "r#",
        "r\"",
        "r#\"",
        "#![",
        "#![enable(",
        ",",
        "id:",
        "title:\"a\",",
        "\n",
        " ",
        "9",
        "-",
        "'",
        "<<<<<<<\n",
        "é",
        "\u{301}",
        "\u{202e}",
        "a",
        "a ",
        "a\n",
        ":",
        "\"\\u{",
    ] {
        for head in ["", "(", "(title:\"", "(format:2,questions:[(when:"] {
            let text = format!("{head}{}", piece.repeat((size - head.len()) / piece.len()));
            check(&format!("{head}{piece}…"), ordinary, questions, &text);
        }
    }
}

#[test]
fn a_session_made_to_be_slow_takes_no_longer_than_its_size() {
    let lost = |at: usize| format!(r#"(question:"a{at}"),"#);
    let many = filled(&format!("{SESSION}answers:["), lost, "])");
    // Even the ordinary file is rejected, because it has too many answers.
    let ordinary = || assert!(session(&many).is_err());
    let check = |name: &str, text: &str| check(name, ordinary, session, text);

    for (name, question) in [("one answer", "a"), ("one answer with an escape", "\\u{61}")] {
        let item = |_| format!(r#"(question:"{question}"),"#);
        check(name, &filled(&format!("{SESSION}answers:["), item, "])"));
        let item = |_| format!("(question:\"{question}\"),\n");
        check(name, &filled(&format!("{SESSION}answers:["), item, "])"));
    }
    let part = |at: usize| format!(r#"(kind:"api",name:"a{at}"),"#);
    check("too many parts", &filled(&format!("{SESSION}parts:["), part, "])"));
    let day = |at: usize| {
        format!(r#"(part:"p{at}",candidate:"go",advised:[],date:"\u{{32}}x{at}",version:"1",digest:""),"#)
    };
    check("wrong days with an escape", &filled(&format!("{SESSION}decided:["), day, "])"));
    let whole = |_| r#"(candidate:"go",advised:[],date:"2026-01-01",version:"1",digest:""),"#.to_owned();
    check("the whole decided again and again", &filled(&format!("{SESSION}decided:["), whole, "])"));
    let unknown = |at: usize| format!("\"x{at}\",");
    check(
        "one answer of unknown options",
        &filled(&format!("{SESSION}answers:[(question:\"team-stack\",answer:Chosen(["), unknown, "]))])"),
    );
    check("names without end", &filled(&format!("{SESSION}deciders:["), |_| "\"\",".to_owned(), "])"));
}

/// Writing a session takes at most [`RATIO`] times as long as reading it. The session has the maximum
/// number of parts and over a thousand answers to unknown questions.
#[test]
fn a_session_of_everything_is_written_as_fast_as_it_is_read() {
    let sample = sample();
    let mut head = format!("{SESSION}parts:[");
    for part in 0..63 {
        let _ = write!(
            head,
            r#"(kind:"api",name:"p{part}",answers:[(question:"arrival",answer:Chosen(["batch"])),(question:"load",answer:Chosen(["gone"]))]),"#
        );
    }
    head.push_str(r#"(kind:"api",name:"p",answers:["#);
    let note = "x".repeat(600);
    let text = filled(&head, |at| format!(r#"(question:"x{at}",answer:NotSure,note:"{note}"),"#), "])])");
    let source = Source::new("s.ron", &*text);
    let session = Session::parse(&source, &sample).expect("it is one");
    assert!(session.answers.parts().len() == 64 && session.orphans.len() > 1500);
    let read = || assert!(Session::parse(&source, &sample).is_ok());
    let write = || assert!(session.to_ron(&sample).is_ok());
    assert_fast("writing", write, read);
}

/// A name of a million letters is shortened in every message.
#[test]
fn messages_stay_short() {
    let folder = folder();
    let long = "a".repeat(1_000_000);
    let marks = format!("e{}", "\u{301}".repeat(100_000));
    let refused = [
        format!("({long}: 1)"),
        format!("(format: {long})"),
        format!("(format: {})", "9".repeat(1_000_000)),
        format!("(format: 1, id: \"{long}\", questionnaire: (id: \"{long}\", version: \"\", digest: \"\"))"),
        format!(
            "(format: 1, id: \"{marks}\", title: \"{marks}\", questionnaire: (id: \"{marks}\", version: \"\", digest: \"\"))"
        ),
        format!("#![enable({long})]()"),
    ];
    for text in refused {
        write(&folder, "bad.ron", &text);
        for arguments in
            [&["check", "bad.ron"][..], &["check", "--format", "json", "bad.ron"], &["advise", "bad.ron"]]
        {
            let run = langfit(folder.path(), arguments);
            let said = run.out.len() + run.err.len();
            assert!((1..4000).contains(&said), "{arguments:?}: {said} bytes about {} …", &text[..40]);
            assert!(matches!(run.code, Some(1 | 2)), "{arguments:?}: {:?}", run.code);
        }
    }
}

/// Returns a questionnaire with the most candidates and kinds of part, and this many questions and options.
fn widest(questions: usize, options: usize) -> Questionnaire {
    let mut text = String::from(
        r#"(format:2,id:"t",version:"1",title:"T",subject:"c0",sources:[(id:"s",title:"S")],candidates:["#,
    );
    text += &list(64, |at| format!(r#"(id:"c{at}",name:"C{at}"),"#));
    let kinds = list(64, |at| format!(r#"(id:"k{at}",text:"k"),"#));
    let _ =
        write!(text, r#"],questions:[(id:"parts",title:"t",ask:"a",why:"w",kind:Parts,options:[{kinds}]),"#);
    for question in 0..questions {
        let option = |at: usize| {
            let (points, candidate) = ((question * 7 + at * 3) % 9 + 1, (question * 31 + at * 17) % 64);
            format!(
                r#"(id:"o{at}",text:"x",evidence:[(points:{points},candidates:["c{candidate}"],because:"b",source:["s"])]),"#
            )
        };
        let kind = if question % 2 == 0 { "One" } else { "Many" };
        let options = list(options, option);
        let _ = write!(
            text,
            r#"(id:"q{question}",title:"t",ask:"a",why:"w",each_part:true,kind:{kind},options:[{options}]),"#
        );
    }
    text += "])";
    assert!(text.len() <= SIZE_LIMIT as usize);
    Questionnaire::parse(&Source::new("widest.ron", text)).unwrap_or_else(|rejected| panic!("{rejected}"))
}

/// Without answers, 64 candidates tie for all 64 parts, so every set of candidates is a best kit.
#[test]
fn the_search_for_tied_kits_is_bounded() {
    let questionnaire = widest(1, 2);
    let mut session = Session::new(&questionnaire);
    let kinds: Vec<String> = (0..64).map(|at| format!("k{at}")).collect();
    session.assign(&questionnaire, &format!("parts={}", kinds.join(","))).expect("they fit");
    let advice = recommend(&questionnaire, &session.answers);
    assert!(!advice.kits.exact);
    assert_eq!(advice.kits.by_size.first().map(Vec::len), Some(64), "each alone is as good as any other");
    assert!(advice.kits.by_size.iter().map(Vec::len).sum::<usize>() < 20_000);
    assert_eq!(advice.parts.len(), 64);
}

/// The outlook skips questions that would take too long, and the text says how many.
#[test]
fn the_outlook_of_the_largest_questionnaire_is_bounded() {
    let questionnaire = widest(340, 12);
    assert!(lint(&questionnaire).len() <= 500);
    let mut session = Session::new(&questionnaire);
    session.assign(&questionnaire, "parts=k0,k1,k2,k3,k4,k5,k6,k7").expect("they fit");
    session.assign(&questionnaire, "q0=o0").expect("it fits");
    let advice = recommend(&questionnaire, &session.answers);
    let outlook = outlook(&questionnaire, &session.answers, &advice);
    let tried = outlook.questions.iter().filter(|question| question.tried).count();
    assert_eq!(outlook.questions.len(), 339);
    // With up to 13 answers per question, the work limit is enough for only some questions.
    assert!((1..40).contains(&tried), "{tried} questions were tried");
    assert!(outlook.questions.iter().all(|it| it.tried || !it.flips && !it.settles));
    let text = langfit::wording::advice_text(&questionnaire, &session);
    let left_out = format!("Not checked, because it would take too long: {} questions.", 339 - tried);
    assert!(text.contains(&left_out), "{text}");
}
