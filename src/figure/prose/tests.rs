use crate::figure::{self, Claim};
use crate::report;
use crate::source::{self, Format};

/// `key[/applicant]=value unit` of every figure, in order; unnamed ones have `-`.
fn figures(text: &str) -> Vec<String> {
    let text = format!("某某市2011年政府信息公开工作年度报告\n{text}\n");
    let report = report::read(source::read(text.as_bytes(), Format::Txt).expect("a text"));
    figure::read(&report)
        .0
        .iter()
        .map(|f| {
            format!(
                "{}{}={}{}",
                f.indicator.as_deref().unwrap_or("-"),
                f.applicant.map(|a| format!("/{a:?}")).unwrap_or_default(),
                f.value.map(|v| v.to_string()).unwrap_or_default(),
                f.unit
            )
        })
        .collect()
}

#[test]
fn a_quantity_takes_the_name_before_it() {
    assert_eq!(
        figures(
            "三、依申请公开情况\n全年共收到政府信息公开申请12件,其中当面申请3件,网上7件,信函2件。"
        ),
        [
            "requests.received.new=12件",
            "requests.channel.in_person=3件",
            "requests.channel.online=7件",
            "requests.channel.letter=2件"
        ]
    );
}

#[test]
fn a_quantity_takes_the_name_behind_it() {
    assert_eq!(
        figures("配备了8名专职人员,共有126人从事政府信息公开工作。"),
        ["staff.full_time=8名", "staff.total=126人"]
    );
}

#[test]
fn kinds_and_their_shares_are_named() {
    assert_eq!(
        figures(
            "二、主动公开情况\n主动公开政府信息100条,其中政策法规类信息40条,占40%;其他类信息60条,占60%。"
        ),
        [
            "disclosure.total=100条",
            "disclosure.kind.policy=40条",
            "disclosure.kind_share.policy=40%",
            "disclosure.kind.other=60条",
            "disclosure.kind_share.other=60%"
        ]
    );
}

#[test]
fn zeros_in_words_are_figures() {
    assert_eq!(
        figures("全年没有发生针对政府信息公开的行政复议、行政诉讼。\n没有收取任何费用。"),
        ["review.total=0件", "litigation.total=0件", "fees.total=0元"]
    );
    assert_eq!(
        figures("行政复议、行政诉讼案件0件。"),
        ["disputes.total=0件"]
    );
}

#[test]
fn figures_of_other_years_and_changes_have_no_name() {
    assert_eq!(
        figures("三、依申请公开情况\n全年收到申请20件,比2010年(16件)增长25%。"),
        ["requests.received.new=20件", "-=16件", "-=25%"]
    );
}

#[test]
fn the_quote_of_a_zero_holds_the_words_for_none() {
    let text = "某某乡2011年政府信息公开工作年度报告\n\
        1、政府信息公开的收费及减免情况:无。2、申请行政复议、提起行政诉讼的情况:无。\n\
        本年度行政复议、行政诉讼均为零。未收到公开申请,零投诉。\n";
    let report = report::read(source::read(text.as_bytes(), Format::Txt).expect("a text"));
    let (figures, _) = figure::read(&report);
    let zeros = figures
        .iter()
        .filter(|f| f.value.is_some_and(|v| v.is_zero()));
    let quotes: Vec<&str> = zeros.map(|f| &report.text[f.range.clone()]).collect();
    assert!(quotes.len() >= 7, "{quotes:?}");
    for quote in quotes {
        assert!(quote.contains(['无', '零', '未']), "{quote}");
    }
}

/// The whole and the parts of every list, by their numbers.
fn lists(text: &str) -> Vec<(String, Vec<String>)> {
    let text = format!("某某市2011年政府信息公开工作年度报告\n三、依申请公开情况\n{text}\n");
    let report = report::read(source::read(text.as_bytes(), Format::Txt).expect("a text"));
    let (figures, claims) = figure::read(&report);
    let value = |i: &usize| figures[*i].value.expect("a value").to_string();
    let list = |claim: &Claim| match claim {
        Claim::Sum { whole, parts, .. } => Some((value(whole), parts.iter().map(value).collect())),
        Claim::Share { .. } => None,
    };
    claims.iter().filter_map(list).collect()
}

#[test]
fn a_new_sentence_divides_the_whole_of_the_list_before() {
    let of = |whole: &str, parts: &[&str]| {
        let parts = parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        (whole.to_owned(), parts)
    };
    assert_eq!(
        lists(
            "全年收到信息公开申请30件,包括信函申请4件、网络申请26件,全部按期办结。其中予以公开20件,部分公开10件。"
        ),
        [of("30", &["4", "26"]), of("30", &["20", "10"])]
    );
    // A part of the last part divides that.
    assert_eq!(
        lists(
            "全年答复申请30件,其中予以公开20件,不予公开10件。其中涉及国家秘密4件,涉及商业秘密6件。"
        )
        .last(),
        Some(&of("10", &["4", "6"]))
    );
}

#[test]
fn the_figure_of_the_own_website_is_the_principal_one() {
    let principal = |body: &str, text: &str| {
        let text = format!("某某{body}2016年政府信息公开工作年度报告\n一、主动公开情况\n{text}\n");
        let report = report::read(source::read(text.as_bytes(), Format::Txt).expect("a text"));
        let (figures, _) = figure::read(&report);
        let website = |f: &&figure::Figure| {
            f.principal && f.indicator.as_deref() == Some("disclosure.channel.website")
        };
        figures
            .iter()
            .find(website)
            .and_then(|f| f.value)
            .map(|v| v.to_string())
    };
    let text = "我局在市政府门户网站公布政府信息30条,通过民政部门户网站公布信息12条,通过本局门户网站公布信息70条。";
    assert_eq!(principal("市水务局", text).as_deref(), Some("70"));
    // It may be the only one, or the body's own.
    let alone = "在市政府门户网站公布政府信息30条。";
    assert_eq!(principal("市水务局", alone).as_deref(), Some("30"));
    let first = "市政府门户网站公布信息90条,市水务局网站公布信息20条。";
    assert_eq!(principal("市人民政府", first).as_deref(), Some("90"));
}

#[test]
fn what_a_place_above_counted_is_not_ours() {
    let scopes = |title: &str, sentence: &str| {
        let text = format!("{title}2014年政府信息公开工作年度报告\n{sentence}\n");
        let report = report::read(source::read(text.as_bytes(), Format::Txt).expect("a text"));
        let figures = figure::read(&report).0.into_iter();
        let told = figures.map(|f| (f.indicator.unwrap_or_default(), f.scope.unwrap_or_default()));
        told.collect::<Vec<_>>()
    };
    let new = |scope: &str| ("requests.received.new".to_owned(), scope.to_owned());
    assert_eq!(
        scopes("湖州市人民政府", "全省共收到申请12560件，我市收到230件。"),
        [new("全省"), new("")]
    );
    // A county-level city is 全市 itself, a county is not.
    assert_eq!(scopes("平湖市人民政府", "全市共收到申请560件。"), [new("")]);
    assert_eq!(
        scopes("德清县人民政府", "全市共收到申请560件，我县收到56件。"),
        [new("全市"), new("")]
    );
}
