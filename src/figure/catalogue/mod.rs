//! The indicators: typed view of `assets/indicators.toml`, overlaid by the user's own file.

mod overlay;

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// One indicator of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Indicator {
    /// Dotted key, such as `requests.received.new`.
    pub key: String,
    /// Chinese label.
    pub zh: String,
    /// English label.
    pub en: String,
    /// Base unit: 件, 条, 元, %, …
    pub unit: String,
    /// Group it is listed under (the name of an entry of [`Catalogue::groups`]).
    pub group: String,
    /// The indicator it is a part of.
    #[serde(default)]
    pub parent: Option<String>,
    /// Whether it counts what there is rather than what happened.
    #[serde(default)]
    pub stock: bool,
    /// Words that name it in prose (see the head of `assets/indicators.toml`).
    #[serde(default)]
    pub labels: Vec<String>,
    /// Words that name it only where the topic is its own already.
    #[serde(default)]
    pub short: Vec<String>,
    /// Words that name it behind words for none; `*` stands for `labels`.
    #[serde(default)]
    pub none: Vec<String>,
    /// Words that name it only where its whole, or another part of it, was counted just before.
    #[serde(default)]
    pub part: Vec<String>,
    /// Words that name it only where one of `about` stands earlier in the sentence.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words that make `short` understood when one stands earlier in the sentence.
    #[serde(default)]
    pub about: Vec<String>,
    /// Words that forbid it.
    #[serde(default)]
    pub not: Vec<String>,
    /// Units it may be counted in; none for any.
    #[serde(default)]
    pub units: Vec<String>,
    /// Words that name it as a kind of information disclosed.
    #[serde(default)]
    pub kind: Vec<String>,
    /// Words that name it when all of them stand before one number.
    #[serde(default)]
    pub joint: Vec<String>,
    /// Keys whose sum it is, where it is not the whole that its parts name as theirs.
    #[serde(default)]
    pub sum: Vec<String>,
}

/// A heading under which indicators are listed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    /// First words of the keys in it.
    pub name: String,
    /// Chinese label.
    pub zh: String,
    /// English label.
    pub en: String,
}

/// All indicators, in the order in which they are shown.
#[derive(Debug, Clone, Deserialize)]
pub struct Catalogue {
    /// Headings.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// Indicators.
    #[serde(rename = "indicator")]
    pub indicators: Vec<Indicator>,
    /// Places of their keys, once they are asked for: after that nothing is added.
    #[serde(skip)]
    places: OnceLock<FxHashMap<String, usize>>,
}

/// The file that the embedded catalogue is read from, to start an overlay with.
pub const EMBEDDED_TOML: &str = include_str!("../../../assets/indicators.toml");

static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(|| {
    toml::from_str(EMBEDDED_TOML).expect("assets/indicators.toml is checked by a test")
});

/// The overlay that holds in this process, once it is settled.
static CURRENT: OnceLock<Overlaid> = OnceLock::new();

struct Overlaid {
    catalogue: Catalogue,
    /// The overlay's own text; empty without one.
    overlay: String,
}

impl Catalogue {
    /// The catalogue embedded in the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The one that holds in this process: the embedded one under the user's overlay.
    pub fn current() -> &'static Self {
        &current().catalogue
    }

    /// Lays a user's `indicators.toml` over the embedded catalogue, for this process.
    ///
    /// It holds if nothing has asked for the catalogue before. What of the overlay cannot
    /// be understood is left out and named, a line each.
    pub fn overlay(toml: &str) -> Vec<String> {
        let (catalogue, wrong) = overlay::lay_over(Self::embedded(), toml);
        let overlaid = Overlaid {
            catalogue,
            overlay: toml.to_owned(),
        };
        match CURRENT.set(overlaid) {
            Ok(()) => wrong,
            Err(_) => vec!["the catalogue is in use already".to_owned()],
        }
    }

    /// The text of the overlay that holds in this process: what was read with another
    /// must be read again.
    pub fn overlay_text() -> &'static str {
        &current().overlay
    }

    /// The indicator named `key`.
    pub fn get(&self, key: &str) -> Option<&Indicator> {
        self.position(key).map(|at| &self.indicators[at])
    }

    /// Place of an indicator in the order in which they are shown.
    pub fn position(&self, key: &str) -> Option<usize> {
        let places = self.places.get_or_init(|| {
            let indicators = self.indicators.iter().enumerate();
            indicators.map(|(at, i)| (i.key.clone(), at)).collect()
        });
        places.get(key).copied()
    }
}

fn current() -> &'static Overlaid {
    CURRENT.get_or_init(|| Overlaid {
        catalogue: EMBEDDED.clone(),
        overlay: String::new(),
    })
}
