//! Reading saved pages, against parsing them with the HTML library (html5ever) alone, into
//! the barest tree that it can build.
//!
//! `cargo bench --bench read` prints both times for 1,000 pages of 100 kB and their ratio;
//! a number behind `--` sets how many pages. Indexing is not part of it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gongkai::source::html::tree::Tree;
use gongkai::source::{self, Format};

const SIZE: usize = 100_000;

fn main() {
    let pages = std::env::args()
        .skip(1)
        .find_map(|a| a.parse().ok())
        .unwrap_or(1_000);
    let page = page();
    println!("{pages} pages of {} bytes", page.len());
    // Alternating, so that whatever else the machine does falls on both.
    let (mut library, mut read) = (Duration::ZERO, Duration::ZERO);
    for i in 0..pages {
        let page = page.replacen("№", &i.to_string(), 1);
        library += timed(|| assert!(Tree::parse(&page).size() > 100));
        read += timed(|| {
            let source = source::read(page.as_bytes(), Format::Html).expect("a page");
            assert!(source.blocks.len() > 100);
        });
    }
    println!("parsed  {:>9.1} ms", library.as_secs_f64() * 1e3);
    println!("read    {:>9.1} ms", read.as_secs_f64() * 1e3);
    let ratio = read.as_secs_f64() / library.as_secs_f64();
    println!("ratio   {ratio:>9.2}  (promised: at most 2)");
    assert!(ratio <= 2.0, "reading takes more than twice the parsing");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// A page as portals make them: scripts, styles and menus, an article in spans, the table.
fn page() -> String {
    let mut page = String::from(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>某某县人民政府2022年政府信息公开工作年度报告_某某县政府网</title>",
    );
    for i in 0..60 {
        write!(page, "<link rel=stylesheet href=\"/css/{i}.css\"><script>var a{i} = {{url: '/x/{i}', on: true}};\nfunction f{i}(x) {{ return x < {i} && x > 0 ? '是' : '否'; }}</script>").expect("a string");
    }
    page.push_str("<style>");
    for i in 0..120 {
        writeln!(page, ".c{i} li a{{color:#{i:06x};margin:0 {i}px}}").expect("a string");
    }
    page.push_str("</style></head><body><div class=nav><ul>");
    for i in 0..150 {
        writeln!(page, "<li class=\"m{i}\"><a href=\"/col/col{i}/index.html\" title=\"栏目{i}\" target=_blank>政务公开栏目{i}</a></li>").expect("a string");
    }
    page.push_str("</ul></div><div id=zoom><h1>某某县人民政府2022年政府信息公开工作年度报告</h1>№");
    let mut i = 0;
    while page.len() < SIZE * 7 / 10 {
        i += 1;
        writeln!(page, "<p style=\"text-indent:2em;line-height:1.75em\"><span style=\"font-family:仿宋_GB2312;font-size:21px\">第{i}项工作：全县各单位<span lang=EN-US>{i}</span>次开展<font face=仿宋>政府信息公开</font>业务培训，公开信息<span>{}</span>条，受理申请<span>{i}</span>件，均按时答复。</span></p>", i * 7).expect("a string");
    }
    page.push_str("<table border=1 cellspacing=0>");
    for i in 0..25 {
        write!(page, "<tr style=\"height:20px\"><td colspan=3 style=\"border:solid 1px\"><p><span>{i}.本年新收政府信息公开申请数量</span></p></td>").expect("a string");
        for j in 0..7 {
            write!(page, "<td width=60 style=\"border:solid 1px;padding:0\"><p align=center><span lang=EN-US>{}</span></p></td>", i * j).expect("a string");
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table></div><div class=related><ul>");
    while page.len() < SIZE - 200 {
        page.push_str("<li><a href=\"/art/1.html\">关于印发某项工作方案的通知</a><span>2022-01-01</span></li>\n");
    }
    page + "</ul></div><div class=footer>版权所有：某某县人民政府</div></body></html>"
}
