//! Interface texts (`assets/lang/*.toml`), Chinese and English, by dotted key.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

type Texts = HashMap<String, String>;

static ZH: LazyLock<Texts> = LazyLock::new(|| load(include_str!("../../assets/lang/zh.toml")));
static EN: LazyLock<Texts> = LazyLock::new(|| load(include_str!("../../assets/lang/en.toml")));

impl Language {
    /// Language of the environment: `LC_ALL`, `LC_MESSAGES`, `LANG`; Chinese unless one
    /// of them names another.
    pub fn of_environment() -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        match named.as_deref() {
            None | Some("C" | "POSIX" | "C.UTF-8" | "C.utf8") => Self::Zh,
            Some(value) if value.starts_with("zh") => Self::Zh,
            Some(_) => Self::En,
        }
    }

    /// The text named `key`, or the key itself when there is none (a test forbids that).
    pub fn text(self, key: &str) -> &str {
        let texts = match self {
            Self::Zh => &*ZH,
            Self::En => &*EN,
        };
        texts.get(key).map_or(key, String::as_str)
    }

    /// The text named `key` with every `{name}` replaced by its value.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.text(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Why a file could not be read, in this language; the sentence itself when the
    /// language files do not know it (the operating system's words).
    pub fn reason(self, english: &str) -> String {
        let known = EN.iter().filter(|(key, _)| key.starts_with("reason."));
        for (key, pattern) in known {
            let Some((before, rest)) = pattern.split_once('{') else {
                if pattern == english {
                    return self.text(key).to_owned();
                }
                continue;
            };
            let Some((name, after)) = rest.split_once('}') else {
                continue;
            };
            let value = english
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after));
            if let Some(value) = value {
                return self.fill(key, &[(name, value)]);
            }
        }
        english.to_owned()
    }
}

fn load(toml: &str) -> Texts {
    let mut texts = Texts::new();
    if let Ok(table) = toml.parse::<toml::Table>() {
        flatten("", &table, &mut texts);
    }
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut Texts) {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_blanks() {
        let blanks = |s: &str| {
            let mut names: Vec<_> = s
                .split('{')
                .skip(1)
                .filter_map(|r| r.split_once('}'))
                .map(|r| r.0.to_owned())
                .collect();
            names.sort();
            names
        };
        for key in ZH.keys().chain(EN.keys()) {
            let (zh, en) = (ZH.get(key), EN.get(key));
            assert!(
                zh.is_some() && en.is_some(),
                "{key} is missing in one language"
            );
            assert_eq!(zh.map(|s| blanks(s)), en.map(|s| blanks(s)), "{key}");
        }
    }
}
