//! Where files live: the directories of the platform, and nothing else anywhere.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The directories of this program. None of them need exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Settings, keys, themes, a catalogue of one's own.
    pub config: PathBuf,
    /// Indexes: they can be deleted at any time.
    pub cache: PathBuf,
    /// The folder `reports`, read when nothing else is named.
    pub data: PathBuf,
    /// Session, history, marks.
    pub state: PathBuf,
}

impl Paths {
    /// Those of the platform for the present user. A user without a home directory has
    /// them all in the folder for temporary files.
    pub fn of_user() -> Self {
        match ProjectDirs::from("", "", "gongkai") {
            Some(dirs) => Self {
                config: dirs.config_dir().to_owned(),
                cache: dirs.cache_dir().to_owned(),
                data: dirs.data_dir().to_owned(),
                // Only Linux has a directory for state.
                state: dirs
                    .state_dir()
                    .unwrap_or_else(|| dirs.data_local_dir())
                    .to_owned(),
            },
            None => Self::below(&std::env::temp_dir().join("gongkai")),
        }
    }

    /// All of them in one folder.
    pub fn below(folder: &Path) -> Self {
        Self {
            config: folder.join("config"),
            cache: folder.join("cache"),
            data: folder.join("data"),
            state: folder.join("state"),
        }
    }

    /// The file of settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The user's own key bindings.
    pub fn keys(&self) -> PathBuf {
        self.config.join("keys.toml")
    }

    /// The user's own themes.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// The user's own indicators.
    pub fn indicators(&self) -> PathBuf {
        self.config.join("indicators.toml")
    }

    /// The reports that are read when nothing else is named.
    pub fn reports(&self) -> PathBuf {
        self.data.join("reports")
    }
}

/// `path` with a leading `~` replaced by the home directory.
pub fn expand(path: &str) -> PathBuf {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
            home.join(rest.trim_start_matches(['/', '\\']))
        }
        _ => PathBuf::from(path),
    }
}
