//! What a person's words on the command line mean, the same for every command.

use std::path::PathBuf;

use clap::CommandFactory as _;

use super::Usage;
use super::args::Args;
use super::context::Context;
use crate::text::distance::nearest;

/// First and last year of `2011`, `2010..2012`, `2010..` or `..2012`.
///
/// # Errors
/// When that is no year and no span of years, or one that ends before it begins.
pub fn years(text: &str, context: &Context) -> Result<(i32, i32), Usage> {
    span(text).ok_or_else(|| usage(context, "cli.asked.years", text))
}

fn span(text: &str) -> Option<(i32, i32)> {
    let year = |text: &str| {
        let text = text.trim();
        let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        is_year.then(|| text.parse::<i32>().ok()).flatten()
    };
    let open = |text: &str, open: i32| match text.trim() {
        "" => Some(open),
        text => year(text),
    };
    let (from, to) = match text.split_once("..") {
        None => (year(text)?, year(text)?),
        Some(("", "")) => return None,
        Some((from, to)) => (open(from, i32::MIN)?, open(to, i32::MAX)?),
    };
    (from <= to).then_some((from, to))
}

/// What was asked for and cannot be, in the language of the interface; the text of `key`
/// has a blank for it.
pub fn usage(context: &Context, key: &str, asked: &str) -> Usage {
    Usage(context.fill(key, &[("asked", asked)]))
}

/// A word that is neither a command nor a file: `gongkai aduit`.
pub fn mistaken(named: &[PathBuf], context: &Context) -> Option<Usage> {
    let first = named.first().filter(|path| !path.exists())?;
    let word = first.to_str()?;
    let is_word = word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if !is_word {
        return None;
    }
    let command = Args::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    let text = match nearest(word, names) {
        Some(near) => context.fill("cli.asked.near", &[("asked", word), ("near", near)]),
        None => context.fill("cli.asked.command", &[("asked", word)]),
    };
    Some(Usage(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_one_or_a_span() {
        assert_eq!(span("2011"), Some((2011, 2011)));
        assert_eq!(span("2010..2012"), Some((2010, 2012)));
        assert_eq!(span("2010.."), Some((2010, i32::MAX)));
        assert_eq!(span("..2010"), Some((i32::MIN, 2010)));
        for wrong in ["zwanzig", "", "..", "2012..2010", "20110", "2010..x"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
