//! A place of its own for a test, away from the home of whoever runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A government, a city and a tax bureau, of three years and as many forms.
pub const SAMPLES: [&str; 3] = ["deqing-2010.txt", "sanya-2012.txt", "yantai-tax-2021.md"];

/// A place of its own for a test: corpus, index, home.
pub struct Place {
    dir: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(dir.path().join("corpus")).expect("corpus");
        Self { dir }
    }

    /// With these of our samples in it.
    pub fn with(samples: &[&str]) -> Self {
        let place = Self::new();
        for name in samples {
            let from = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("assets/samples")
                .join(name);
            fs::copy(from, place.corpus().join(name)).expect(name);
        }
        place
    }

    pub fn corpus(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    /// A path beside the corpus.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.corpus().join(name);
        fs::write(&path, bytes).expect(name);
        path
    }

    /// The program, away from the home of whoever runs the tests.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("gongkai"));
        for name in [
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
        ] {
            command.env(name, self.dir.path().join("home").join(name));
        }
        for name in ["NO_COLOR", "LC_ALL", "LC_MESSAGES"] {
            command.env_remove(name);
        }
        command.env("HOME", self.dir.path().join("home"));
        command.env("LANG", "zh_CN.UTF-8");
        command.current_dir(self.dir.path());
        command.args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("gongkai runs")
    }

    /// Runs it, wants this exit status, gives standard output.
    pub fn wants(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{args:?}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The same, for standard error.
    pub fn complains(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    }
}

pub fn json_lines(text: &str) -> Vec<Value> {
    let parse = |line: &str| serde_json::from_str(line).expect(line);
    text.lines().map(parse).collect()
}
