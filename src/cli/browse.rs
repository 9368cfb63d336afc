//! `gongkai` without a command: the browser.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::context::Context;
use super::{Outcome, Usage};
use crate::config::theme::Theme;
use crate::tui::{self, Options};

/// Runs it.
pub fn run(named: &[PathBuf], context: &Context) -> anyhow::Result<Outcome> {
    let corpus = context.corpus(named)?;
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Usage(context.text("cli.browse.no_terminal").to_owned()).into());
    }
    let settings = &context.settings;
    tui::run(Options {
        corpus,
        index_dir: Some(context.index_folder()),
        language: context.language,
        language_given: context.language_given,
        theme: match context.color {
            true => settings.theme.clone(),
            false => "mono".to_owned(),
        },
        themes: themes(context),
        // Someone without a key file has our keys.
        keys: fs::read_to_string(context.paths.keys()).ok(),
        state_dir: Some(context.paths.state.clone()),
        mouse: settings.mouse,
        ambiguous_wide: settings.ambiguous_wide,
        editor: settings.editor.clone(),
        measure: settings.measure,
    })?;
    Ok(Outcome::Done)
}

/// The themes of the user, by the names of their files.
fn themes(context: &Context) -> Vec<Theme> {
    let Ok(dir) = fs::read_dir(context.paths.themes()) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = dir.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut themes = Vec::new();
    for path in paths {
        let toml = path.extension().is_some_and(|e| e == "toml");
        let name = path.file_stem().and_then(|n| n.to_str());
        let file = fs::read_to_string(&path);
        if let (true, Some(name), Ok(file)) = (toml, name, file) {
            let (theme, wrong) = Theme::parse(name, &file);
            for line in wrong {
                let file = path.display().to_string();
                context
                    .note(&context.fill("cli.setting_wrong", &[("file", &file), ("line", &line)]));
            }
            themes.push(theme);
        }
    }
    themes
}
