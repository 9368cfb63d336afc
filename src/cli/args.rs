//! What can be typed: the definitions that parser, `--help`, completions and the manual
//! page are made from.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::config::language::Language;

/// Reads Chinese government information disclosure annual reports.
///
/// Without a command it opens the browser. A CORPUS is a folder, read recursively, or a
/// single file; without one the `corpus` of the configuration is taken, else the folder
/// `reports` in the data directory if it holds files, else the embedded samples.
#[derive(Debug, Parser)]
#[command(name = "gongkai", version)]
#[command(
    after_help = "Exit status: 0 done; 1 done, and the answer is no; 2 wrong usage; \
    3 something essential could not be read or written."
)]
pub struct Args {
    /// What to do; the browser when nothing is named.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Folders and files to browse.
    #[arg(value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Keep indexes in this folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub index_dir: Option<PathBuf>,
    /// Read settings from this file.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Language of the interface [default: that of the environment].
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// Colours; NO_COLOR forbids them too.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Say more on standard error.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Say nothing on standard error but errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
}

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring the index up to date.
    Index(Corpus),
    /// Find words in all reports.
    Search(Search),
    /// Show one report: metadata, outline, figures, text.
    Show(Show),
    /// Put the figures of two or more reports side by side.
    Compare(Compare),
    /// Follow one body's indicators over the years.
    Trend(Trend),
    /// Order reports by an indicator, with each one's place among its peers.
    Rank(Rank),
    /// Check every sum and share the reports claim.
    Audit(Audit),
    /// Write everything that was extracted.
    Export(Export),
    /// List the indicators that figures are named by.
    Indicators(Indicators),
    /// Print the JSON Schema of `export --format jsonl`.
    Schema,
    /// Tell what was read how, what was not, and where everything lies.
    Doctor(Corpus),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// A command that asks for nothing but the corpus.
#[derive(Debug, clap::Args)]
pub struct Corpus {
    /// Folders and files.
    #[arg(value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TextOrJson {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Formats of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ListFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// `gongkai search`
#[derive(Debug, clap::Args)]
pub struct Search {
    /// Words; "…" exact as written, -not, region:三亚 year:2010..2012 has:KEY>N.
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// Folders and files.
    #[arg(value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// At most so many hits.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// Only reports of this year or span: 2011, 2010..2012.
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// Only this region and those in it.
    #[arg(long)]
    pub region: Option<String>,
    /// The query is plain text; nothing in it is expanded.
    #[arg(long)]
    pub literal: bool,
    /// How to print the hits.
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
}

/// `gongkai show`
#[derive(Debug, clap::Args)]
pub struct Show {
    /// An id, a path, or a region and year that only one report has: "三亚 2011".
    pub report: String,
    /// Folders and files.
    #[arg(value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// Only the section with this id, with its text.
    #[arg(long, value_name = "ID")]
    pub section: Option<String>,
    /// List the figures.
    #[arg(long)]
    pub figures: bool,
    /// Print the text that all ranges speak of.
    #[arg(long)]
    pub text: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
}

/// What `compare` and `trend` show.
#[derive(Debug, clap::Args)]
pub struct Sheet {
    /// Folders and files; may be given more than once.
    #[arg(long, value_name = "CORPUS", num_args = 1)]
    pub corpus: Vec<PathBuf>,
    /// Only indicators whose key or label holds these words; * stands for anything.
    #[arg(long, value_name = "PATTERN")]
    pub indicator: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
}

/// `gongkai compare`
#[derive(Debug, clap::Args)]
pub struct Compare {
    /// Two or more reports: ids, paths, or "region year".
    #[arg(required = true, num_args = 2.., value_name = "REPORT")]
    pub reports: Vec<String>,
    /// What to show of them, and how.
    #[command(flatten)]
    pub sheet: Sheet,
}

/// `gongkai trend`
#[derive(Debug, clap::Args)]
pub struct Trend {
    /// A region or body: "德清县", "桂林市环境保护局", sanya.
    pub region: String,
    /// What to show of them, and how.
    #[command(flatten)]
    pub sheet: Sheet,
}

/// `gongkai rank`
#[derive(Debug, clap::Args)]
pub struct Rank {
    /// Key or label of an indicator: requests.received.new; KEY/natural for one applicant.
    pub indicator: String,
    /// Folders and files; may be given more than once.
    #[arg(long, value_name = "CORPUS", num_args = 1)]
    pub corpus: Vec<PathBuf>,
    /// Only reports of this year or span: 2011, 2010..2012.
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// Only regions of this level.
    #[arg(long, value_enum)]
    pub level: Option<Level>,
    /// Only this region and those in it.
    #[arg(long, value_name = "REGION")]
    pub within: Option<String>,
    /// The smallest value first.
    #[arg(long)]
    pub ascending: bool,
    /// At most so many reports [default: 50; all of them as CSV].
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Rank of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// The whole country.
    National,
    /// 省
    Province,
    /// 地
    Prefecture,
    /// 县
    County,
    /// 乡
    Township,
}

impl From<Level> for crate::report::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::National => Self::National,
            Level::Province => Self::Province,
            Level::Prefecture => Self::Prefecture,
            Level::County => Self::County,
            Level::Township => Self::Township,
        }
    }
}

/// Formats of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TableFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// Markdown.
    Md,
}

/// `gongkai audit`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("decision").args(["dismiss", "confirm"]))]
pub struct Audit {
    /// Folders and files.
    #[arg(value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// Exit with 1 when a check fails and nobody has dismissed it.
    #[arg(long)]
    pub strict: bool,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// Only these rules: R-T3a, or R-T* for all that begin so; several with commas.
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// Only reports of this year or span: 2011, 2010..2012.
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// Only this region and those in it, by name or code.
    #[arg(long)]
    pub region: Option<String>,
    /// List also what holds, what cannot be decided, and what was dismissed.
    #[arg(long)]
    pub all: bool,
    /// Note in gongkai.toml that the finding with this fingerprint is none.
    #[arg(long, value_name = "FINGERPRINT", requires = "reason", conflicts_with_all = ["confirm", "reopen"])]
    pub dismiss: Option<String>,
    /// Note in gongkai.toml that it is right.
    #[arg(long, value_name = "FINGERPRINT", conflicts_with = "reopen")]
    pub confirm: Option<String>,
    /// Take back what was noted of it.
    #[arg(long, value_name = "FINGERPRINT")]
    pub reopen: Option<String>,
    /// Why, for --dismiss and --confirm.
    #[arg(long, value_name = "WORDS", requires = "decision")]
    pub reason: Option<String>,
}

/// `gongkai export`
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Folders and files.
    #[arg(value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub format: ExportFormat,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Formats of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line, with everything.
    #[default]
    Jsonl,
    /// The figures for spreadsheets, a record each.
    Csv,
}

/// `gongkai indicators`
#[derive(Debug, clap::Args)]
pub struct Indicators {
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    pub format: IndicatorFormat,
    /// Instead, the printed labels of a corpus that no indicator is known for: how often,
    /// and where one stands.
    #[arg(long, value_name = "CORPUS", num_args = 0..)]
    pub unmapped: Option<Vec<PathBuf>>,
}

/// Formats of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum IndicatorFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// The file itself, to start an overlay from.
    Toml,
}

/// `gongkai completions`
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// Whose.
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_are_sound() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }
}
