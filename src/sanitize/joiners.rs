//! Where a character without a shape of its own changes what a reader sees, so that it stays: joiners in
//! scripts whose letters join and in emoji, variation selectors, and the tags of flags.

use icu_properties::props::{
    Alphabetic, CanonicalCombiningClass, Emoji, EmojiModifier, ExtendedPictographic, JoiningType, Script,
    UnifiedIdeograph,
};
use icu_properties::{CodePointMapData, CodePointSetData};

use super::is_invisible;

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';
const MONGOLIAN_VOWEL_SEPARATOR: char = '\u{180e}';
const TEXT_STYLE: char = '\u{fe0e}';
const EMOJI_STYLE: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';
const BLACK_FLAG: char = '\u{1f3f4}';
const TAGS_END: char = '\u{e007f}';
/// How much a tag's number is above that of the letter for which it stands.
const TAGS: u32 = 0xe0000;
/// The regions whose flags Unicode recommends: England, Scotland and Wales. Tags behind any other flag
/// could spell a text that nobody sees.
const REGIONS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Says whether a character without a shape of its own is needed anywhere at all.
pub(super) fn may_matter(character: char) -> bool {
    is_tag(character)
        || matches!(
            character,
            NON_JOINER | JOINER | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
        )
}

/// Says whether a character is a small letter for the region of a flag, or their end.
pub(super) fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0061}'..='\u{e007a}' | TAGS_END)
}

/// Says whether such a character is needed between what is kept of the text before it and the text
/// behind it.
pub(super) fn matters(character: char, before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    match character {
        NON_JOINER => separates(before, after) || stands_by_a_virama(last, next),
        JOINER => connects(before, after) || stands_by_a_virama(last, next) || joins_emoji(before, next),
        MONGOLIAN_VOWEL_SEPARATOR => {
            let letter = before.chars().rev().find(|it| !is_mongolian_selector(*it));
            [letter, next].into_iter().all(|it| is_letter_of(it, &[Script::Mongolian]))
        }
        tag if is_tag(tag) => is_of_flag(tag, before, after),
        selector => last.is_some_and(|base| selects(selector, base, next)),
    }
}

/// Says whether a tag is one of those that make the flag of a region.
fn is_of_flag(tag: char, before: &str, after: &str) -> bool {
    let flag = before.trim_end_matches(|it| is_tag(it) && it != TAGS_END);
    let is_of = |region: &&str| {
        let letters = region.chars().filter_map(|letter| char::from_u32(TAGS + letter as u32));
        let tags: String = letters.chain([TAGS_END]).collect();
        let rest = tags.strip_prefix(&before[flag.len()..]).and_then(|rest| rest.strip_prefix(tag));
        rest.is_some_and(|rest| after.starts_with(rest))
    };
    flag.ends_with(BLACK_FLAG) && REGIONS.iter().any(is_of)
}

/// Says whether a variation selector means something behind this character.
fn selects(selector: char, base: char, next: Option<char>) -> bool {
    match selector {
        // Digits and signs on a keyboard are emoji only below a keycap.
        TEXT_STYLE => is_emoji(base) && !base.is_ascii(),
        EMOJI_STYLE => is_emoji(base) && (!base.is_ascii() || next == Some(KEYCAP)),
        _ if is_mongolian_selector(selector) => is_letter_of(Some(base), &[Script::Mongolian]),
        '\u{fe00}'..='\u{fe02}' if is_ideograph(base) => true,
        '\u{fe00}' => is_letter_of(Some(base), &[Script::Myanmar, Script::PhagsPa]),
        '\u{e0100}'..='\u{e01ef}' => is_ideograph(base),
        _ => false,
    }
}

/// Says whether two letters of a script that joins its letters are kept apart here.
fn separates(before: &str, after: &str) -> bool {
    let is_letter = |joining| {
        matches!(joining, JoiningType::DualJoining | JoiningType::LeftJoining | JoiningType::RightJoining)
    };
    is_letter(joining_before(before)) && is_letter(joining_after(after))
}

/// Says whether a letter gets a connected form that it would not have by itself: two letters that both
/// connect do so without a joiner.
fn connects(before: &str, after: &str) -> bool {
    let before = matches!(
        joining_before(before),
        JoiningType::DualJoining | JoiningType::LeftJoining | JoiningType::JoinCausing
    );
    let after = matches!(
        joining_after(after),
        JoiningType::DualJoining | JoiningType::RightJoining | JoiningType::JoinCausing
    );
    before != after
}

/// How the last letter joins; marks on it do not matter.
fn joining_before(before: &str) -> JoiningType {
    let letter = before.chars().rev().find(|it| joining(*it) != JoiningType::Transparent);
    letter.filter(|it| !may_matter(*it)).map_or(JoiningType::NonJoining, joining)
}

/// How the next letter joins; what is hidden before it will be spelled out.
fn joining_after(after: &str) -> JoiningType {
    let letter = after.chars().find(|it| is_invisible(*it) || joining(*it) != JoiningType::Transparent);
    letter.filter(|it| !is_invisible(*it)).map_or(JoiningType::NonJoining, joining)
}

/// Says whether a joiner stands behind the sign that joins two consonants, where it chooses the form of
/// the first, or before it, where Bengali and Kannada have it choose that of the second.
fn stands_by_a_virama(last: Option<char>, next: Option<char>) -> bool {
    let is_virama = |character: char| {
        CodePointMapData::<CanonicalCombiningClass>::new().get(character) == CanonicalCombiningClass::Virama
    };
    match (last, next) {
        (Some(last), _) if is_virama(last) => true,
        (Some(_), Some(next)) if is_virama(next) => is_letter_of(last, &[script(next)]),
        _ => false,
    }
}

/// Says whether a joiner makes one emoji of two.
fn joins_emoji(before: &str, next: Option<char>) -> bool {
    let is_picture = |character| CodePointSetData::new::<ExtendedPictographic>().contains(character);
    let changes =
        |character| character == EMOJI_STYLE || CodePointSetData::new::<EmojiModifier>().contains(character);
    let mut before = before.chars().rev();
    let base = before.next().and_then(|last| if changes(last) { before.next() } else { Some(last) });
    base.is_some_and(is_picture) && next.is_some_and(is_picture)
}

fn joining(character: char) -> JoiningType {
    CodePointMapData::<JoiningType>::new().get(character)
}

fn script(character: char) -> Script {
    CodePointMapData::<Script>::new().get(character)
}

fn is_letter_of(character: Option<char>, scripts: &[Script]) -> bool {
    let is_letter = |it| CodePointSetData::new::<Alphabetic>().contains(it) && scripts.contains(&script(it));
    character.is_some_and(is_letter)
}

fn is_mongolian_selector(character: char) -> bool {
    matches!(character, '\u{180b}'..='\u{180d}' | '\u{180f}')
}

fn is_emoji(character: char) -> bool {
    CodePointSetData::new::<Emoji>().contains(character)
}

fn is_ideograph(character: char) -> bool {
    CodePointSetData::new::<UnifiedIdeograph>().contains(character)
}
