//! What a page says of itself outside its article: `<title>`, `<meta>`, and who runs the
//! site by its footer.

use super::knowledge::KNOWLEDGE;
use super::tree::{DOCUMENT, Id, Kind, Step, Tree};
use crate::source::Hints;
use crate::text::fold::fold;

/// Reads them.
pub fn read(tree: &Tree) -> Hints {
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut title = None;
    let mut host = Host::default();
    tree.walk(DOCUMENT, |step| {
        let Step::Enter(id) = step else { return true };
        let element = match tree.kind(id) {
            Kind::Text(text) => {
                host.read(text);
                return true;
            }
            Kind::Other => return true,
            Kind::Element(element) => element,
        };
        match element.name() {
            "meta" => {
                let name = element
                    .attribute("name")
                    .or_else(|| element.attribute("property"));
                if let (Some(name), Some(content)) = (name, element.attribute("content"))
                    && metas.len() < 200
                {
                    metas.push((name.trim().to_lowercase(), line(content)));
                }
                true
            }
            "title" => {
                title = title.take().or_else(|| Some(line(&words(tree, id))));
                false
            }
            "svg" | "script" | "style" => false,
            _ => true,
        }
    });
    let named = |names: &[String]| {
        names.iter().find_map(|name| {
            let name = name.to_lowercase();
            metas
                .iter()
                .find(|(n, content)| *n == name && !content.is_empty())
                .map(|(_, content)| content.clone())
        })
    };
    let known = &KNOWLEDGE.hints;
    let site = named(&known.site);
    let (title, tail) = match title {
        Some(title) => without_site(&title, site.as_deref()),
        None => (None, None),
    };
    Hints {
        title: named(&known.title).or(title),
        published: named(&known.published),
        issuer: named(&known.issuer),
        site: site.or(host.name).or(tail),
    }
}

/// Who runs the site, as footers have it: 主办单位：某县人民政府.
#[derive(Default)]
struct Host {
    name: Option<String>,
    /// The label stood alone: the name follows.
    awaited: bool,
}

impl Host {
    fn read(&mut self, text: &str) {
        let text = text.trim_start();
        if self.name.is_some() || text.is_empty() {
            return;
        }
        let rest = if self.awaited {
            Some(text)
        } else if text.starts_with(['主', '版']) {
            let labels = &KNOWLEDGE.hints.host;
            labels
                .iter()
                .find_map(|label| text.strip_prefix(label.as_str()))
        } else {
            None
        };
        self.awaited = false;
        let Some(rest) = rest else { return };
        let rest = rest.trim_start_matches([':', '：', ' ', '\u{a0}', '\u{3000}']);
        if rest.is_empty() {
            self.awaited = true;
            return;
        }
        let end = |c: char| c.is_whitespace() || "，,。；;|（(".contains(c);
        let name = rest.split(end).next().unwrap_or_default();
        if (3..=30).contains(&name.chars().count()) {
            self.name = Some(name.to_owned());
        }
    }
}

/// `某县2012年报告_某县人民政府` cut in two: the article's title, and the site's name.
fn without_site(title: &str, site: Option<&str>) -> (Option<String>, Option<String>) {
    let cut = KNOWLEDGE
        .hints
        .cuts
        .iter()
        .filter_map(|cut| title.find(cut.as_str()).map(|at| (at, cut.len())))
        .min();
    let given = |words: &str| Some(words.trim().to_owned()).filter(|w| !w.is_empty());
    let Some((at, len)) = cut else {
        return (given(title), None);
    };
    let (head, tail) = (title[..at].trim(), title[at + len..].trim());
    let is_site = site.is_some_and(|s| s == head) || head.chars().count() < 6;
    let of_report = |words: &str| {
        let folded = fold(words);
        folded.contains("公开") && ["报告", "年报"].iter().any(|w| folded.contains(w))
    };
    if is_site || !of_report(head) && of_report(tail) {
        return (given(title), given(head));
    }
    (given(head), given(tail))
}

fn words(tree: &Tree, root: Id) -> String {
    let mut words = String::new();
    tree.walk(root, |step| {
        if let Step::Enter(id) = step
            && let Kind::Text(text) = tree.kind(id)
        {
            words.push_str(text);
        }
        true
    });
    words
}

/// At most 300 characters, on one line.
fn line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(page: &str) -> Hints {
        read(&Tree::parse(page))
    }

    fn site(page: &str) -> Option<String> {
        hints(page).site
    }

    #[test]
    fn meta_says_title_date_issuer_and_site() {
        let found = hints(
            "<head><meta name=SiteName content=某县人民政府><META NAME='ArticleTitle' CONTENT=' 某局2012年\n报告 '>\
             <meta name=PubDate content='2013-01-02 08:00'><meta name=ContentSource content=某局><title>别的</title></head>",
        );
        assert_eq!(
            found,
            Hints {
                title: Some("某局2012年 报告".into()),
                published: Some("2013-01-02 08:00".into()),
                issuer: Some("某局".into()),
                site: Some("某县人民政府".into()),
            }
        );
        assert_eq!(hints("<p>没有</p>"), Hints::default());
    }

    #[test]
    fn a_title_is_cut_from_its_sites_name() {
        for (title, article, site) in [
            (
                "某县2012年政府信息公开年报_某县人民政府",
                "某县2012年政府信息公开年报",
                Some("某县人民政府"),
            ),
            (
                "某局2012年政府信息公开年报 - 某县",
                "某局2012年政府信息公开年报",
                Some("某县"),
            ),
            (
                "某县人民政府门户网--某局2012年政府信息公开年报",
                "某县人民政府门户网--某局2012年政府信息公开年报",
                Some("某县人民政府门户网"),
            ),
            ("某县人民政府", "某县人民政府", None),
        ] {
            let found = hints(&format!("<title>{title}</title>"));
            assert_eq!(found.title.as_deref(), Some(article));
            assert_eq!(found.site.as_deref(), site, "{title}");
        }
        assert_eq!(hints("<title> </title>").title, None);
    }

    #[test]
    fn the_footer_says_who_runs_the_site() {
        for page in [
            "<div>主办单位：某县人民政府 承办单位：某县政府办公室</div>",
            "<p>主办：<a href=#>某县人民政府</a></p>",
            "<p>版权所有 某县人民政府（县府路1号）</p>",
        ] {
            assert_eq!(site(page).as_deref(), Some("某县人民政府"), "{page}");
        }
        assert_eq!(site("<p>主办了一次会议。</p>"), None);
        assert_eq!(site("<script>主办：某县人民政府</script>"), None);
    }
}
