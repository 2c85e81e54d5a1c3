//! Tests that hidden characters are escaped, and that characters needed by a script or an emoji are kept.
//! The source of the text is out of scope.

use langfit::sanitize::{
    count_hidden, is_default_ignorable, is_hidden, sanitize, sanitize_json, sanitize_line,
};
use proptest::prelude::*;

use crate::cli::{folder, langfit, write};

#[track_caller]
fn check_kept(text: &str) {
    assert_eq!(sanitize(text), text, "{}", text.escape_unicode());
    assert_eq!(count_hidden(text), 0, "{}", text.escape_unicode());
}

/// Checks that this character is escaped between the two texts.
#[track_caller]
fn check_spelled(before: &str, character: char, after: &str) {
    let text = format!("{before}{character}{after}");
    let expected = format!("{before}{}{after}", character.escape_unicode());
    assert_eq!(sanitize(&text), expected, "{}", text.escape_unicode());
    assert_eq!(count_hidden(&text), 1, "{}", text.escape_unicode());
}

/// Every default ignorable character of Unicode is escaped before, between and after plain letters.
#[test]
fn all_that_can_be_ignored_is_spelled_out_between_plain_letters() {
    let ignorable: Vec<char> = ('\u{80}'..=char::MAX).filter(|it| is_default_ignorable(*it)).collect();
    assert_eq!(ignorable.len(), 4174, "as many as Unicode 17 has");
    for character in ignorable {
        check_spelled("A", character, "PI");
        check_spelled("API", character, "");
        check_spelled("", character, "API");
        check_spelled("é", character, "日");
    }
}

/// Covers the characters that an earlier version did not escape, and some of every other kind.
#[test]
fn each_kind_of_hidden_character_is_spelled_out() {
    for character in [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{17b4}',
        '\u{180b}',
        '\u{180c}',
        '\u{180d}',
        '\u{180e}',
        '\u{180f}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{202e}',
        '\u{2060}',
        '\u{2065}',
        '\u{2069}',
        '\u{206a}',
        '\u{3164}',
        '\u{fe00}',
        '\u{fe0e}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff0}',
        '\u{1bca0}',
        '\u{1d173}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e0100}',
        '\u{e01ef}',
        '\u{e0fff}',
        '\u{2028}',
        '\u{2029}',
        '\u{fff9}',
        '\u{13430}',
        '\u{85}',
        '\u{9b}',
    ] {
        check_spelled("API", character, "");
        check_spelled("A", character, "PI");
    }
    // These signs are drawn around a number, so they are visible.
    check_kept("\u{600}١٢ \u{6dd}٣");
}

#[test]
fn what_scripts_need_stays() {
    for text in [
        "می\u{200c}خواهم",
        "کتاب\u{200c}ها",
        "سرور\u{200c}ها",
        "سنة ١٤٤٥ه\u{200d}",
        "क\u{94d}\u{200d}ष",
        "क\u{94d}\u{200c}ष",
        "ന\u{d4d}\u{200d}",
        "ශ\u{dca}\u{200d}ර\u{dd3}",
        "র\u{200d}\u{9cd}যাম",
        "\u{182d}\u{180b}\u{1820}",
        "\u{182d}\u{180e}\u{1820}",
        "\u{182d}\u{180b}\u{180e}\u{1820}\u{180f}",
        "葛\u{e0100}城市",
        "辻\u{e0101}",
        "\u{6d6a}\u{fe00}",
        "\u{1000}\u{fe00}",
    ] {
        check_kept(text);
    }
}

#[test]
fn what_emoji_need_stays() {
    for text in [
        "👩\u{200d}💻",
        "👩🏽\u{200d}🚀",
        "👩\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "🏳\u{fe0f}\u{200d}🌈",
        "🏴\u{200d}☠\u{fe0f}",
        "❤\u{fe0f}",
        "❤\u{fe0e}",
        "1\u{fe0f}\u{20e3}",
        "#\u{fe0f}\u{20e3}",
        "©\u{fe0f}",
        "🇩🇪",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} and 🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
    ] {
        check_kept(text);
    }
}

#[test]
fn the_same_characters_are_spelled_out_where_they_do_nothing() {
    // Two connecting letters need no joiner, and a letter at the end of a word has nothing to connect to.
    check_spelled("ب", '\u{200d}', "ب");
    check_spelled("ر", '\u{200d}', " ");
    check_spelled("ب", '\u{200c}', " ");
    check_spelled("ب", '\u{200c}', "");
    check_spelled("a", '\u{200c}', "ب");
    check_spelled("क", '\u{200d}', "ष");
    check_spelled("क", '\u{200c}', "a\u{94d}");
    check_spelled("👩", '\u{200d}', "a");
    check_spelled("a", '\u{200d}', "👩");
    check_spelled("1", '\u{fe0f}', "");
    check_spelled("1", '\u{fe0e}', "\u{20e3}");
    check_spelled("葛", '\u{fe0f}', "");
    check_spelled("👩", '\u{e0100}', "");
    check_spelled("\u{182d}", '\u{180e}', "a");
    check_spelled("日", '\u{180b}', "");
    // A complete flag needs no second end tag. Tags do nothing after another flag, without an end tag or for
    // an unknown region.
    check_spelled("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", '\u{e007f}', "");
    check_spelled("🏴", '\u{e007f}', "");
    for text in [
        "🏳\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}",
        "🏴\u{e0065}\u{e0076}\u{e0069}\u{e006c}\u{e007f}",
        "🏴\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    ] {
        assert_eq!(count_hidden(text), text.chars().count() - 1, "{}", text.escape_unicode());
    }
    // Two non-joiners in a row have no effect, so both are escaped.
    assert_eq!(sanitize("می\u{200c}\u{200c}خواهم"), "می\\u{200c}\\u{200c}خواهم");
    // The first selector or joiner has an effect, but a second one has none.
    check_spelled("❤\u{fe0f}", '\u{fe0f}', "");
    check_spelled("葛\u{e0100}", '\u{e0101}', "");
    check_spelled("ه\u{200d}", '\u{200d}', "");
}

/// A title reaches standard output and every record, and a part's name is shown next to other names, which it
/// could imitate.
#[test]
fn nothing_hidden_reaches_any_output() {
    let folder = folder();
    let hidden = "A\u{200c}\u{34f}\u{180b}\u{e0100}\u{fe0f}B";
    let shown = "A\\u{200c}\\u{34f}\\u{180b}\\u{e0100}\\u{fe0f}B";
    let begun = ["advise", "--save", "--set", "parts=api,api", "--set", "draw=packages", "--title", hidden];
    assert_eq!(langfit(folder.path(), &begun).code, Some(0));
    let text = crate::cli::read(&folder, "langfit-session.ron");
    write(&folder, "s.ron", &text.replacen("name: \"API 2\"", "name: \"API\u{200c}\"", 1));
    for arguments in [
        &["advise", "s.ron"][..],
        &["advise", "s.ron", "--format", "json"],
        &["export", "s.ron"],
        &["export", "s.ron", "--format", "log4brains"],
        &["export", "s.ron", "--format", "nygard"],
        &["export", "s.ron", "--format", "markdown"],
        &["export", "s.ron", "--format", "json"],
        &["export", "s.ron", "--format", "html"],
        &["recheck", "s.ron"],
        &["compare", "s.ron", "langfit-session.ron", "--format", "markdown"],
    ] {
        let run = langfit(folder.path(), arguments);
        assert!(!run.out.contains(is_default_ignorable), "{arguments:?}: {}", run.out.escape_unicode());
        assert!(run.err.is_empty(), "{arguments:?}: {}", run.err);
    }
    let advice = langfit(folder.path(), &["advise", "s.ron"]).out;
    assert!(advice.starts_with(&format!("{shown}\n")), "{advice}");
    assert!(advice.contains("API\\u{200c}"), "{advice}");
}

/// JSON keeps the value and contains no invisible character.
#[test]
fn json_spells_out_what_is_needed_too() {
    for text in ["می\u{200c}خواهم", "👩\u{200d}💻", "葛\u{e0100}", "❤\u{fe0f}", "a\u{34f}b"] {
        let json = sanitize_json(&serde_json::to_string(text).expect("it can be written"));
        assert!(!json.contains(is_default_ignorable), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
    }
}

/// Letters of joining scripts, signs, emoji and all kinds of invisible characters.
const PIECES: [char; 47] = [
    '🏴',
    '\u{e0067}',
    '\u{e007f}',
    'a',
    '1',
    '#',
    ' ',
    '\n',
    'é',
    '\u{301}',
    '\u{20e3}',
    'ب',
    'ر',
    '\u{64b}',
    '\u{640}',
    'क',
    '\u{94d}',
    '\u{93c}',
    'র',
    '\u{9cd}',
    '\u{1820}',
    '\u{1000}',
    '葛',
    '👩',
    '🏽',
    '❤',
    '©',
    '🏳',
    '\u{200d}',
    '\u{200d}',
    '\u{200c}',
    '\u{200c}',
    '\u{34f}',
    '\u{180b}',
    '\u{180e}',
    '\u{180f}',
    '\u{fe00}',
    '\u{fe0e}',
    '\u{fe0f}',
    '\u{fe0f}',
    '\u{e0100}',
    '\u{ad}',
    '\u{200b}',
    '\u{e0041}',
    '\u{115f}',
    '\u{1b}',
    '\u{202e}',
];

/// Returns whether an invisible character may stay between these two texts. Uses lists of the pieces above
/// instead of Unicode tables, and skips marks on both sides.
fn may_stay(character: char, before: &[char], after: &[char]) -> bool {
    let (last, next) = (before.last().copied(), after.first().copied());
    let is = |it: Option<char>, of: &str| it.is_some_and(|it| of.contains(it));
    let past_marks = |it: &&char| {
        !"\u{301}\u{20e3}\u{64b}\u{94d}\u{93c}\u{9cd}\u{180b}\u{180f}\u{fe00}\u{fe0e}\u{fe0f}\u{e0100}"
            .contains(**it)
    };
    let (left, right) =
        (before.iter().rev().find(past_marks).copied(), after.iter().find(past_marks).copied());
    let by_virama = is(last, "\u{94d}\u{9cd}")
        || next == Some('\u{94d}') && is(last, "क")
        || next == Some('\u{9cd}') && is(last, "র");
    match character {
        '\u{200c}' => by_virama || is(left, "بر\u{1820}") && is(right, "بر\u{1820}"),
        '\u{200d}' => {
            let joins = is(left, "ب\u{640}\u{1820}") != is(right, "بر\u{640}\u{1820}");
            let person = match before {
                [.., base, '🏽' | '\u{fe0f}'] | [.., base] => "👩❤©🏳🏴".contains(*base),
                [] => false,
            };
            by_virama || joins || person && is(next, "👩❤©🏳🏴")
        }
        '\u{180b}' | '\u{180f}' => is(last, "\u{1820}"),
        '\u{180e}' => is(left, "\u{1820}") && is(next, "\u{1820}"),
        '\u{fe00}' => is(last, "葛\u{1000}"),
        '\u{e0100}' => is(last, "葛"),
        '\u{fe0e}' => is(last, "👩🏽❤©🏳🏴"),
        '\u{fe0f}' => is(last, "👩🏽❤©🏳🏴") || is(last, "1#") && next == Some('\u{20e3}'),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_survives_where_it_is_not_needed(text in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        let text: String = text.into_iter().collect();
        let once = sanitize(&text).into_owned();
        prop_assert_eq!(sanitize(&once), once.as_str(), "shown twice it is the same");
        prop_assert_eq!(count_hidden(&once), 0);
        prop_assert!(!once.contains(is_hidden));
        prop_assert!(!sanitize_line(&text).contains('\n'));
        let shown: Vec<char> = once.chars().collect();
        for (at, character) in shown.iter().enumerate().filter(|(_, it)| is_default_ignorable(**it)) {
            prop_assert!(
                may_stay(*character, &shown[..at], &shown[at + 1..]),
                "{} at {at} of {}", character.escape_unicode(), once.escape_unicode()
            );
        }
        // Visible characters are kept in order.
        let plain = |text: &str| text.chars().filter(|it| !is_default_ignorable(*it) && !it.is_control()).collect::<String>();
        let mut rest = once.chars();
        prop_assert!(plain(&text).chars().all(|wanted| rest.any(|it| it == wanted)), "{}", once);
    }
}
