use super::*;
use crate::source::Shape;

/// A page of a portal around an article.
fn page(article: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>某县2012年政府信息公开工作年度报告_某县人民政府</title>\
         <meta name=ArticleTitle content='某县2012年政府信息公开工作年度报告'><meta name=PubDate content='2013-03-20'>\
         <meta name=SiteName content=某县人民政府><style>p{{}}</style></head><body>\
         <div class=header><a href=/>首页</a><a href=/a>政务公开</a><a href=/b>办事服务，办事指南</a></div>\
         <div class='crumb'>您现在的位置：<a>首页</a> &gt; <a>信息公开</a> &gt; 年报</div>\
         <ul class=side><li><a>2010年政府信息公开工作年度报告</a><li><a>2011年政府信息公开工作年度报告</a></ul>{article}\
         <div class=share>分享到：<a>微信</a></div><div class=related><h3>相关信息</h3><ul><li><a>关于印发某办法的通知</a></ul></div>\
         <script>var a='全年，共。';</script><div id=footer>版权所有：某县人民政府　主办：县府办　电话：12345</div></body></html>"
    )
}

const PROSE: &str = "<p>　　一、概述</p><p>全年，本县坚持公开为常态、不公开为例外；各单位认真落实条例，收到申请1<span>2</span><font>8</font>件，均按时答复。</p><p>二、主动公开情况</p><p>通过网站、公报、新闻发布会等，公开信息三千条。</p>";

fn lines(page: &Page) -> Vec<&str> {
    page.text.lines().collect()
}

fn rows(page: &Page) -> Vec<Vec<&str>> {
    page.blocks
        .iter()
        .filter_map(|b| match &b.shape {
            Shape::Row(cells) => Some(cells.iter().map(|c| &page.text[c.clone()]).collect()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_article_is_found_in_a_known_container_and_without_one() {
    for (open, close) in [
        ("<div id=Zoom>", "</div>"),
        ("<div class='x TRS_Editor'>", "</div>"),
        ("<div class=whatever>", "</div>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<div class='content'>", "</div>"),
    ] {
        let found = read(&page(&format!(
            "<h1>某县2012年政府信息公开工作年度报告</h1>{open}{PROSE}{close}"
        )));
        assert_eq!(
            lines(&found),
            [
                "某县2012年政府信息公开工作年度报告",
                "一、概述",
                "全年，本县坚持公开为常态、不公开为例外；各单位认真落实条例，收到申请128件，均按时答复。",
                "二、主动公开情况",
                "通过网站、公报、新闻发布会等，公开信息三千条。",
            ],
            "{open}"
        );
        assert_eq!(found.blocks[0].shape, Shape::Heading(1));
    }
}

#[test]
fn a_container_that_also_holds_a_menu_is_not_the_article() {
    let menu = "<li><a href=/a>各部门政务公开栏目</a></li>".repeat(40);
    let article = PROSE.repeat(30);
    let found = read(&page(&format!(
        "<div class=main><div class=l><ul>{menu}</ul></div><div class=r><div class=xx>{article}</div></div></div>"
    )));
    assert_eq!(lines(&found)[0], "一、概述");
    assert!(!found.text.contains("栏目"));
}

#[test]
fn a_page_says_of_itself_what_it_is() {
    let hints = read(&page(PROSE)).hints;
    assert_eq!(
        hints.title.as_deref(),
        Some("某县2012年政府信息公开工作年度报告")
    );
    assert_eq!(hints.published.as_deref(), Some("2013-03-20"));
    assert_eq!(hints.site.as_deref(), Some("某县人民政府"));
    let hints = read("<title>某县2012年报告 - 某县政府网</title><p>字").hints;
    assert_eq!(hints.title.as_deref(), Some("某县2012年报告"));
}

#[test]
fn metadata_outside_the_article_is_kept() {
    let table = "<table><tr><td>索 引 号：</td><td>A01</td><td>发布机构</td><td>某县人民政府办公室</td></tr><tr><td>名称</td><td colspan=3>某县年报</td></tr></table>";
    let found = read(&page(&format!("{table}<div id=zoom>{PROSE}</div>")));
    assert_eq!(
        rows(&found)[0],
        ["索 引 号：", "A01", "发布机构", "某县人民政府办公室"]
    );
    let list = "<ul><li><b>索引号：</b>A01</li><li>发布日期:<span>2013-03-20</span></li></ul><dl><dt>发文字号</dt><dd>某政发〔2013〕1号</dd></dl><p>浏览次数：<span>3</span></p>";
    let found = read(&page(&format!("{list}<div id=zoom>{PROSE}</div>")));
    assert_eq!(
        lines(&found)[..4],
        [
            "索引号：A01",
            "发布日期:2013-03-20",
            "发文字号",
            "某政发〔2013〕1号"
        ]
    );
}

#[test]
fn spans_are_resolved_and_blank_cells_stay_blank() {
    let table = "<table border=1><tr><th rowspan=2 colspan=2>项目</th><th colspan=2>申请人情况</th></tr><tr><th>自然人<th>总计</tr>\
        <tr><td rowspan=2>（三）不予<br>公开</td><td><p>1.属于国家</p><p>秘密</p></td><td>1</td><td>&nbsp;</td></tr><tr><td>2.其他</td><td></td><td>0</td></tr></table>";
    let found = read(&page(&format!("<div id=zoom>{PROSE}{table}</div>")));
    assert_eq!(
        rows(&found),
        [
            vec!["项目", "项目", "申请人情况", "申请人情况"],
            vec!["项目", "项目", "自然人", "总计"],
            vec!["（三）不予 公开", "1.属于国家 秘密", "1", ""],
            vec!["（三）不予 公开", "2.其他", "", "0"],
        ]
    );
}

#[test]
fn tables_for_layout_are_text_and_tables_in_tables_are_tables() {
    let table = format!(
        "<table><tr><td width=200><a>首页</a><br><a>年报</a></td><td><table><tr><td>{PROSE}<table><tr><td>规章</td><td>2</td></tr><tr><td>文件</td><td>5</td></tr></table></td></tr></table></td></tr></table>"
    );
    let found = read(&page(&table));
    assert_eq!(rows(&found), [["规章", "2"], ["文件", "5"]]);
    assert_eq!(lines(&found)[0], "一、概述");
}

#[test]
fn a_table_cut_by_a_page_end_is_one_with_one_header() {
    let part = |rows: &str| format!("<table><tr><td>项目</td><td>数量</td></tr>{rows}</table>");
    let article = format!(
        "<div id=zoom>{PROSE}{}<p>— 3 —</p><p>续表</p>{}</div>",
        part(
            "<tr><td>规章</td><td>2</td></tr><tr><td>项目</td><td>数量</td></tr><tr><td>许可</td><td>7</td></tr>"
        ),
        part("<tr><td>文件</td><td>5</td></tr>")
    );
    let found = read(&page(&article));
    assert_eq!(
        rows(&found),
        [
            ["项目", "数量"],
            ["规章", "2"],
            ["许可", "7"],
            ["文件", "5"]
        ]
    );
    assert!(!found.text.contains("续表"));
}

#[test]
fn lists_breaks_and_preformatted_lines() {
    let found = read(
        "<body><ol><li>公开及时，</li><li>答复准确。</li></ol><p>一行<br>二行<br/>　　三行</p><pre>甲  1\n乙  2</pre>",
    );
    assert_eq!(
        lines(&found),
        [
            "1.公开及时，",
            "2.答复准确。",
            "一行",
            "二行",
            "三行",
            "甲  1",
            "乙  2"
        ]
    );
    assert_eq!(rows(&found), [["甲", "1"], ["乙", "2"]]);
}

#[test]
fn what_is_hidden_is_not_read_unless_all_is() {
    let found = read(&page(&format!(
        "<div id=zoom>{PROSE}<p style='DISPLAY: none'>广告网址，广告。</p><!-- 注 --></div>"
    )));
    assert!(!found.text.contains("广告"));
    assert!(!found.text.contains('注'));
    let found = read(&format!("<body><div style='display:none'>{PROSE}</div>"));
    assert!(found.text.contains("128件"));
}

#[test]
fn nesting_without_end_ends() {
    for (name, times) in [
        ("div", 10_000),
        ("span", 1_000),
        ("table><tr><td", 1_000),
        ("table><tr><td>1<td", 1_000),
        ("font", 1_000),
        ("ul><li", 1_000),
    ] {
        let found = read(&page(&format!(
            "{}{PROSE}",
            format!("<{name}>").repeat(times)
        )));
        assert!(found.text.contains("128件"), "{name}");
    }
}

#[test]
fn a_short_article_is_found_beside_long_lists() {
    let list: String = (2010..2024)
        .map(|y| format!("<li><a>某县某局{y}年政府信息公开工作年度报告</a></li>"))
        .collect();
    let short = "<p>一、概述</p><p>全年公开信息12条，收到申请3件。</p>";
    let foot = "<div>主办单位：某县人民政府 承办单位：某县人民政府办公室 电话：0100-1234567 备案号：1</div>";
    for page in [
        format!(
            "<body><div class=left><ul>{list}</ul></div><div class=c><h3>某局2012年政府信息公开年报</h3>{short}<ul>{list}</ul></div>{foot}"
        ),
        format!(
            "<table><tr><td><table><tr><td><ul>{list}</ul></td></tr></table></td><td><table><tr><td>{short}</td></tr></table></td></tr></table>{foot}"
        ),
    ] {
        let found = read(&page);
        assert!(found.text.contains("收到申请3件"), "{}", found.text);
        assert!(!found.text.contains("承办单位"), "{}", found.text);
    }
}

#[test]
fn a_list_of_links_within_the_article_is_no_part_of_it() {
    let list: String = (2010..2016)
        .map(|y| format!("<li><a>某县某局{y}年政府信息公开工作年度报告</a> {y}-01-02</li>"))
        .collect();
    let found = read(&page(&format!(
        "<div id=zoom>{PROSE}<ol><li>公开及时，</li><li>答复准确。</li></ol><p>附件：<a>统计表.xls</a></p><ul>{list}</ul></div>"
    )));
    assert!(!found.text.contains("2011"), "{}", found.text);
    assert!(found.text.contains("答复准确") && found.text.contains("附件：统计表"));
}

#[test]
fn an_article_that_a_script_shows_later_is_no_hidden_one() {
    let found = read(&format!(
        "<body><h1>某局2012年政府信息公开年报</h1><div id=js_content style='visibility: hidden; opacity: 0;'>{PROSE}</div><div>微信扫一扫，关注该公众号，阅读更多内容，参与互动，随时了解本地新闻和各项政策信息，欢迎留言。</div>"
    ));
    assert!(found.text.contains("128件"));
}

#[test]
fn labels_without_colons_and_in_brackets_keep_their_values() {
    for (head, want) in [
        (
            "<div>索引号 a01 发文字号 某发〔2013〕2号</div>",
            "索引号 a01 发文字号 某发〔2013〕2号",
        ),
        (
            "<dl><dt>[ 发布机构 ]</dt><dd>某县某局</dd></dl>",
            "[ 发布机构 ]\n某县某局",
        ),
    ] {
        let found = read(&page(&format!("{head}<div id=zoom>{PROSE}</div>")));
        assert!(found.text.contains(want), "{}", found.text);
    }
}
