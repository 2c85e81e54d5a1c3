//! The output formats of a record. The templates are in `dialect/`.

use clap::ValueEnum;

/// The output format of a record. The command line shows the comments below as help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    /// Markdown Architectural Decision Records 4.0.
    Madr,
    /// Log4brains, with the sections of MADR 2.
    Log4brains,
    /// Nygard's sections, for adr-tools.
    Nygard,
    /// One screen for a chat, a wiki or a pull request.
    Markdown,
    /// The whole advice as JSON.
    Json,
    /// One page for a browser or a printer.
    Html,
}

impl Dialect {
    /// All dialects, the most common first.
    pub const ALL: [Self; 6] =
        [Self::Madr, Self::Log4brains, Self::Nygard, Self::Markdown, Self::Html, Self::Json];

    /// Returns the name used on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Returns a description of the dialect's use.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Madr => "a decision record (MADR 4.0), for git, Backstage, Structurizr, mkdocs",
            Self::Log4brains => "the same for Log4brains, with the date in the file name",
            Self::Nygard => "the same with Nygard's section headings, for adr-tools",
            Self::Markdown => "a one-screen summary for a chat, a wiki or a pull request",
            Self::Json => "the full recommendation, for other programs",
            Self::Html => "one page for a browser or a printer",
        }
    }

    /// Returns the file extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Madr | Self::Log4brains | Self::Nygard | Self::Markdown => "md",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}
