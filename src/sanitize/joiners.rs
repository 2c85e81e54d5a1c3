//! Decides where an invisible character changes what a reader sees, and so is kept.
//!
//! These characters are joiners in emoji and in scripts that join letters, variation selectors, and the tags
//! of flags.

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
/// Offset from the code point of a letter to that of its tag.
const TAGS: u32 = 0xe0000;
/// The regions whose flags Unicode recommends: England, Scotland and Wales. Tags after any other flag could
/// spell invisible text.
const REGIONS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Returns whether an invisible character is needed in some context.
pub(super) fn may_matter(character: char) -> bool {
    is_tag(character)
        || matches!(
            character,
            NON_JOINER | JOINER | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
        )
}

/// Returns whether a character is a tag for a lowercase letter, or the tag that ends a flag.
pub(super) fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0061}'..='\u{e007a}' | TAGS_END)
}

/// Returns whether a character accepted by [`may_matter`] is needed between the text kept before it and the
/// text after it.
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

/// Returns whether a tag is part of a region's flag.
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

/// Returns whether a variation selector has an effect after this character.
fn selects(selector: char, base: char, next: Option<char>) -> bool {
    match selector {
        // Digits and keyboard symbols are emoji only in a keycap sequence.
        TEXT_STYLE => is_emoji(base) && !base.is_ascii(),
        EMOJI_STYLE => is_emoji(base) && (!base.is_ascii() || next == Some(KEYCAP)),
        _ if is_mongolian_selector(selector) => is_letter_of(Some(base), &[Script::Mongolian]),
        '\u{fe00}'..='\u{fe02}' if is_ideograph(base) => true,
        '\u{fe00}' => is_letter_of(Some(base), &[Script::Myanmar, Script::PhagsPa]),
        '\u{e0100}'..='\u{e01ef}' => is_ideograph(base),
        _ => false,
    }
}

/// Returns whether a non-joiner here keeps two letters of a joining script apart.
fn separates(before: &str, after: &str) -> bool {
    let is_letter = |joining| {
        matches!(joining, JoiningType::DualJoining | JoiningType::LeftJoining | JoiningType::RightJoining)
    };
    is_letter(joining_before(before)) && is_letter(joining_after(after))
}

/// Returns whether a letter takes a connected form only because of a joiner.
///
/// Two letters that both connect do so without a joiner.
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

/// Returns how the last letter joins, ignoring marks on it.
fn joining_before(before: &str) -> JoiningType {
    let letter = before.chars().rev().find(|it| joining(*it) != JoiningType::Transparent);
    letter.filter(|it| !may_matter(*it)).map_or(JoiningType::NonJoining, joining)
}

/// Returns how the next letter joins. It does not join across a hidden character, which will be spelled out.
fn joining_after(after: &str) -> JoiningType {
    let letter = after.chars().find(|it| is_invisible(*it) || joining(*it) != JoiningType::Transparent);
    letter.filter(|it| !is_invisible(*it)).map_or(JoiningType::NonJoining, joining)
}

/// Returns whether a joiner is next to a virama, the sign that joins two consonants.
///
/// After a virama, it selects the form of the first consonant. Before one, in Bengali and Kannada, it selects
/// that of the second.
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

/// Returns whether a joiner combines two emoji into one.
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
