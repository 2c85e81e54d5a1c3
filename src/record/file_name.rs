//! Parses the file names of the records in a folder, and finds the pattern that a new name follows.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;

/// Maximum number of digits in a record's number.
const DIGITS: usize = 5;
/// Four-digit numbers in this range are more likely years.
const YEARS: std::ops::Range<u32> = 1900..2100;
/// A number in the range of years is taken for a year if it exceeds the number before it by more than this.
const GAP: u32 = 50;

/// The name of a record's file, without the extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordName {
    /// Text before the number or the day, such as `ADR-`.
    pub prefix: String,
    /// The year, if numbers restart each year, with the character after it; usually empty.
    pub year: String,
    /// The number or the day.
    pub stamp: Stamp,
    /// Text between the stamp and the slug.
    pub separator: String,
    /// The rest of the name.
    pub slug: String,
}

/// The number or day that orders records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stamp {
    /// A number, as its digits.
    Number(String),
    /// A day.
    Day(Date, DateFormat),
}

/// How a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateFormat {
    /// `20240901`
    Compact,
    /// `2024-09-01`, with this separator.
    Apart(char),
}

impl RecordName {
    /// Parses a name; `None` if it does not begin with a number or a day, after an optional prefix.
    pub fn parse(stem: &str) -> Option<Self> {
        let letters = stem.len() - stem.trim_start_matches(|it: char| it.is_ascii_alphabetic()).len();
        let mark = stem[letters..].starts_with(['-', '_', ' ', '.']) && letters > 0;
        let (prefix, rest) = stem.split_at(letters + usize::from(mark));
        let (year, (stamp, rest)) = match day(rest) {
            Some(day) => ("", day),
            None => in_year(rest).or_else(|| Some(("", number(rest)?)))?,
        };
        let slug = rest.trim_start_matches(['-', '_', ' ', '.']);
        let separator = &rest[..rest.len() - slug.len()];
        let is_apart = !separator.is_empty() && separator.len() <= 3 || rest.is_empty();
        is_apart.then(|| Self {
            prefix: prefix.to_owned(),
            year: year.to_owned(),
            stamp,
            separator: separator.to_owned(),
            slug: slug.to_owned(),
        })
    }

    /// Returns the number, which may be a year unless [`likely_records`] keeps the name.
    pub fn number_or_year(&self) -> Option<u32> {
        match &self.stamp {
            Stamp::Number(digits) => digits.parse().ok(),
            Stamp::Day(..) => None,
        }
    }

    /// Returns the digits of the number, which may be a year.
    fn digits_in_full(&self) -> Option<&str> {
        match &self.stamp {
            Stamp::Number(digits) => Some(digits),
            Stamp::Day(..) => None,
        }
    }

    /// Returns whether the number could be a year.
    fn is_year(&self) -> bool {
        matches!(&self.stamp, Stamp::Number(digits) if digits.len() == 4)
            && self.number_or_year().is_some_and(|number| YEARS.contains(&number))
    }

    /// Returns the number, unless it could be a year.
    pub fn number(&self) -> Option<u32> {
        self.number_or_year().filter(|_| !self.is_year())
    }

    /// Returns the digits of the number, unless it could be a year or belongs to a year.
    pub fn digits(&self) -> Option<&str> {
        self.digits_in_full().filter(|_| !self.is_year() && self.year.is_empty())
    }

    /// Returns a key for the series that the number belongs to. Names with a usual prefix, or with none,
    /// share one series.
    pub fn series(&self) -> String {
        if is_usual(&self.prefix) { String::new() } else { self.prefix.to_lowercase() }
    }

    /// Returns whether the number has leading zeros.
    fn is_padded(&self) -> bool {
        self.digits_in_full().is_some_and(|it| it.len() > 1 && it.starts_with('0'))
    }

    /// Returns the slug as this program would write it.
    pub fn plain_slug(&self) -> String {
        self.slug.replace(['_', ' '], "-").to_lowercase()
    }

    /// Returns what all names of one pattern have in common.
    fn family(&self) -> (&str, Option<char>, Option<DateFormat>, &str) {
        let form = match self.stamp {
            Stamp::Number(_) => None,
            Stamp::Day(_, form) => Some(form),
        };
        (&self.prefix, self.year.chars().next_back(), form, &self.separator)
    }

    /// Returns a sort key that is largest for the newest name. Days sort after numbers, because a folder that
    /// has both usually started with numbers.
    fn age(&self) -> (Option<Date>, Option<u32>) {
        match self.stamp {
            Stamp::Number(_) => (None, self.number_or_year()),
            Stamp::Day(date, _) => (Some(date), None),
        }
    }
}

fn day(text: &str) -> Option<(Stamp, &str)> {
    let digits = |from: usize, to: usize| -> Option<i16> {
        let part = text.get(from..to)?;
        part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let mark = text.get(4..5)?.chars().next().filter(|it| "-_.".contains(*it));
    let (form, month, day, end) = match mark {
        Some(mark) if text.get(7..8)?.starts_with(mark) => (DateFormat::Apart(mark), (5, 7), (8, 10), 10),
        Some(_) => return None,
        None => (DateFormat::Compact, (4, 6), (6, 8), 8),
    };
    let date = Date::new(digits(0, 4)?, digits(month.0, month.1)? as i8, digits(day.0, day.1)? as i8).ok()?;
    let rest = &text[end..];
    (!rest.starts_with(|it: char| it.is_alphanumeric())).then_some((Stamp::Day(date, form), rest))
}

/// Parses a number within a year, such as `2024-001`. Two digits would be a month.
fn in_year(text: &str) -> Option<(&str, (Stamp, &str))> {
    let (year, rest) = text.split_at_checked(5)?;
    let is_year = year[..4].bytes().all(|it| it.is_ascii_digit()) && YEARS.contains(&year[..4].parse().ok()?);
    let (stamp, rest) = number(rest).filter(|_| is_year && year.ends_with(['-', '_', '.']))?;
    matches!(&stamp, Stamp::Number(digits) if (3..=4).contains(&digits.len()))
        .then_some((year, (stamp, rest)))
}

/// Returns whether a prefix is common for records in general.
fn is_usual(prefix: &str) -> bool {
    let prefix = prefix.to_ascii_lowercase();
    prefix.is_empty() || prefix.starts_with("adr") || prefix.starts_with("decision")
}

fn number(text: &str) -> Option<(Stamp, &str)> {
    let rest = text.trim_start_matches(|it: char| it.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    (1..=DIGITS).contains(&digits.len()).then(|| (Stamp::Number(digits.to_owned()), rest))
}

/// Drops names whose number is a year, or whose prefix is unlikely for records. A prefix is likely if it is
/// usual, if several names have it, or if leading zeros follow it.
pub fn likely_records<'a>(names: &[&'a RecordName]) -> Vec<&'a RecordName> {
    let mut prefixes: HashMap<&str, usize> = HashMap::new();
    for name in names {
        *prefixes.entry(&name.prefix).or_default() += 1;
    }
    let is_known =
        |name: &RecordName| is_usual(&name.prefix) || prefixes[name.prefix.as_str()] > 1 || name.is_padded();
    let known = names.iter().filter(|name| is_known(name));
    let mut numbers: Vec<u32> = known.clone().filter_map(|name| name.number_or_year()).collect();
    numbers.sort_unstable();
    // The highest number that is not taken for a year.
    let mut reached = 0;
    for number in numbers {
        if !YEARS.contains(&number) || number - reached <= GAP {
            reached = number;
        }
    }
    known
        .copied()
        .filter(|name| !name.is_year() || name.number_or_year().is_some_and(|it| it <= reached))
        .collect()
}

/// How the records of a folder are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    prefix: String,
    year: Year,
    numbering: Numbering,
    separator: String,
    /// The separator between the words of a title.
    joiner: char,
}

/// Whether numbers restart each year, and the year if it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Year {
    /// Numbers never restart.
    No,
    /// Numbers restart each year. This character follows the year in names.
    Any(char),
    /// The year is known: its digits and the character after it, as written in names.
    Fixed(String),
}

/// What orders the names of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Numbers of at least `width` digits.
    Number {
        /// Minimum number of digits.
        width: usize,
    },
    /// Days.
    Day(DateFormat),
}

impl NamePattern {
    /// Returns the pattern for a new folder: numbers of four digits.
    pub fn numbers() -> Self {
        Self {
            prefix: String::new(),
            year: Year::No,
            numbering: Numbering::Number { width: 4 },
            separator: "-".to_owned(),
            joiner: '-',
        }
    }

    /// Returns the pattern for a new folder ordered by day, as in Log4brains.
    pub fn days() -> Self {
        Self { numbering: Numbering::Day(DateFormat::Compact), ..Self::numbers() }
    }

    /// Finds the most common pattern; a tie goes to the pattern of the newest name.
    pub fn of(names: &[&RecordName]) -> Option<Self> {
        let newest = |name: &RecordName| Reverse(name.age());
        let most = most(names, RecordName::family, newest)?;
        let family: Vec<&RecordName> =
            names.iter().copied().filter(|name| name.family() == most.family()).collect();
        let numbering = match most.stamp {
            Stamp::Day(_, form) => Numbering::Day(form),
            Stamp::Number(_) => Numbering::Number { width: width(&family) },
        };
        let joined: Vec<&RecordName> =
            family.iter().copied().filter(|name| joiner(&name.slug).is_some()).collect();
        let joiner = self::most(&joined, |name| joiner(&name.slug), newest).and_then(|it| joiner(&it.slug));
        Some(Self {
            prefix: most.prefix.clone(),
            year: most.year.chars().next_back().map_or(Year::No, Year::Any),
            numbering,
            separator: if most.separator.is_empty() { "-".to_owned() } else { most.separator.clone() },
            joiner: joiner.unwrap_or(if most.separator == " " { ' ' } else { '-' }),
        })
    }

    /// Returns what orders the names.
    pub fn numbering(&self) -> Numbering {
        self.numbering
    }

    /// Returns whether numbers restart each year and [`Self::in_year`] has not set the year yet.
    pub fn counts_in_years(&self) -> bool {
        matches!(self.year, Year::Any(_))
    }

    /// Returns the pattern with the year of a day, if numbers restart each year.
    #[must_use]
    pub fn in_year(self, day: Option<Date>) -> Self {
        match (&self.year, day) {
            (Year::Any(mark), Some(day)) => {
                Self { year: Year::Fixed(format!("{:04}{mark}", day.year())), ..self }
            }
            _ => self,
        }
    }

    /// Returns whether a name uses up a number of this pattern. Once the year is set, only names of that year do.
    pub fn counts(&self, name: &RecordName) -> bool {
        if let Year::Fixed(year) = &self.year { name.year == *year } else { true }
    }

    /// Returns the name of the record with this number.
    pub fn numbered(&self, number: u32, slug: &str) -> String {
        let width = if let Numbering::Number { width } = self.numbering { width } else { 4 };
        self.named(&format!("{number:0width$}"), slug)
    }

    /// Returns the name of the record with this day.
    pub fn dated(&self, date: Date, slug: &str) -> String {
        let mark = match self.numbering {
            Numbering::Day(DateFormat::Apart(mark)) => mark.to_string(),
            _ => String::new(),
        };
        let (year, month, day) = (date.year(), date.month(), date.day());
        self.named(&format!("{year:04}{mark}{month:02}{mark}{day:02}"), slug)
    }

    fn named(&self, stamp: &str, slug: &str) -> String {
        let Self { prefix, separator, joiner, .. } = self;
        let year = match &self.year {
            Year::No => String::new(),
            Year::Any(mark) => format!("YYYY{mark}"),
            Year::Fixed(year) => year.clone(),
        };
        format!("{prefix}{year}{stamp}{separator}{}", slug.replace('-', &joiner.to_string()))
    }

    /// Returns an example of the pattern, for display.
    pub fn shown(&self) -> String {
        let stamp = match self.numbering {
            Numbering::Number { width } => "N".repeat(width),
            Numbering::Day(DateFormat::Compact) => "YYYYMMDD".to_owned(),
            Numbering::Day(DateFormat::Apart(mark)) => format!("YYYY{mark}MM{mark}DD"),
        };
        self.named(&stamp, "title")
    }
}

/// Returns the minimum number of digits: the most common width of zero-padded numbers, else the length of the
/// shortest number.
fn width(names: &[&RecordName]) -> usize {
    let len = |name: &RecordName| name.digits_in_full().map_or(0, str::len);
    let padded: Vec<&RecordName> = names.iter().copied().filter(|it| it.is_padded()).collect();
    match most(&padded, len, |name| Reverse(name.age())) {
        Some(name) => len(name),
        None => names.iter().map(|name| len(name)).min().unwrap_or(4),
    }
}

/// Returns the separator between the words of a slug, if it has several.
fn joiner(slug: &str) -> Option<char> {
    ['-', '_', ' '].into_iter().find(|it| slug.contains(*it))
}

/// Returns the first name, by `order`, of the largest group or groups.
fn most<'a, K: PartialEq, O: Ord>(
    names: &[&'a RecordName],
    group: impl Fn(&'a RecordName) -> K,
    order: impl Fn(&'a RecordName) -> O,
) -> Option<&'a RecordName> {
    let size = |name: &'a RecordName| names.iter().filter(|other| group(other) == group(name)).count();
    names.iter().copied().min_by_key(|name| (Reverse(size(name)), order(name)))
}
