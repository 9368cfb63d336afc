use super::*;
use proptest::prelude::*;

#[test]
fn both_scripts_and_widths_fold_to_one_form() {
    assert_eq!(
        fold("政府資訊公開 ３７４３件，答覆率９８．６％"),
        "政府资讯公开3743件,答复率98.6%"
    );
    assert_eq!(fold("於裏複臺"), fold("于里复台"));
    assert_eq!(fold("LED 屏"), "led屏");
    assert_eq!(fold("概　述"), "概述");
    assert_eq!(fold("a b  c 1 2"), "a b c 1 2");
}

#[test]
fn scraping_noise_is_not_part_of_the_fold() {
    let folded = Folded::new("現(xiàn)將結(jié)果&&公布(LED)", 0);
    assert_eq!(folded.text(), "现将结果公布(led)");
    assert_eq!(folded.repaired(), 3);
}

#[test]
fn advertising_where_a_name_stood_is_noise_and_other_words_are_not() {
    for (text, want) in [
        ("由mobile288-365同志任组长", "由同志任组长"),
        ("组长sports88_128，副组长", "组长,副组长"),
        ("常务副县长bet365任组长", "常务副县长任组长"),
        ("县&amp;nbsp;政府&lt;公开{0}??", "县政府公开"),
        ("政\u{ad}府\u{200b}信息", "政府信息"),
    ] {
        let folded = Folded::new(text, 0);
        assert_eq!(folded.text(), want);
    }
    for text in [
        "gb2312-80编码",
        "iso9001-2015认证",
        "见table12-34.xls",
        "a@abcd12-345.com",
        "alphabet共26个",
        "传真fax0571-86112233",
    ] {
        assert_eq!(fold(text), text, "{text}");
    }
}

#[test]
fn chinese_advertising_is_noise_and_firms_are_not() {
    for (text, want) in [
        ("新葡京博彩官网区人民政府", "区人民政府"),
        ("年度报告-凯发k8国际首页登录", "年度报告-"),
        ("威廉希尔体育政务公开办公室", "政务公开办公室"),
        ("2011年成人直播 教育局", "2011年教育局"),
        (
            "线上平台由2024欧洲杯买球平台-线上app官网主办",
            "线上平台由2024主办",
        ),
    ] {
        let folded = Folded::new(text, 0);
        assert_eq!(folded.text(), want, "{text}");
        assert_eq!(folded.repaired(), 1);
    }
    for text in ["凯发新泉水务公司", "新葡萄", "亚博会", "官网平台下载"] {
        assert_eq!(fold(text), text, "{text}");
    }
}

#[test]
fn entities_stand_for_their_characters() {
    let text = "&#25919;&#x5e9c;&amp;#20449;&amp;amp;#24687;公開12&#160;3";
    let folded = Folded::new(text, 0);
    assert_eq!(folded.text(), "政府信息公开12 3");
    assert_eq!(folded.repaired(), 5);
    assert_eq!(folded.source(0.."政府".len()), 0.."&#25919;&#x5e9c;".len());
    assert_eq!(folded.repair(text, 0.."政府信息公开".len()), "政府信息公開");
    for text in ["a&b", "&#1;", "&#;", "&#x110000;", "&#99999999;"] {
        assert_eq!(fold(text), text, "{text}");
    }
    assert_eq!(fold("政&#8203;府&#27;信"), "政府信");
}

#[test]
fn a_folded_range_leads_back_to_its_bytes() {
    let text = "現(xiàn)將 結果";
    let folded = Folded::new(text, 100);
    let end = "现将结".len();
    let range = folded.source(0..end);
    assert_eq!(&text[range.start - 100..range.end - 100], "現(xiàn)將 結");
    assert_eq!(folded.folded(range), 0..end);
}

#[test]
fn the_table_is_closed_under_itself() {
    for code in 0x3400..=0x9fff_u32 {
        let Some(c) = char::from_u32(code) else {
            continue;
        };
        assert_eq!(fold_char(fold_char(c)), fold_char(c), "{c}");
    }
}

#[test]
fn folding_agrees_with_an_independent_converter_on_ordinary_words() {
    let converter = hanconv::t2s;
    for word in [
        "政府資訊公開條例",
        "依申請公開",
        "行政複議",
        "諮詢",
        "訴訟",
        "規範性檔案",
        "廣州市荔灣區",
    ] {
        assert_eq!(fold(word), fold(&converter(word)), "{word}");
    }
}

proptest! {
    #[test]
    fn mapping_a_folded_range_there_and_back_loses_nothing(text in "[一-龥a-zA-Z0-9 （）()àǎ&?\u{3000}\u{200b}，。]{0,60}", a in 0usize..60, b in 0usize..60) {
        let folded = Folded::new(&text, 7);
        let cuts: Vec<usize> = folded.text().char_indices().map(|(i, _)| i).chain([folded.text().len()]).collect();
        let (a, b) = (cuts[a % cuts.len()], cuts[b % cuts.len()]);
        let range = a.min(b)..a.max(b);
        let source = folded.source(range.clone());
        if !range.is_empty() {
            prop_assert!(source.start >= 7 && source.end <= text.len() + 7);
            prop_assert_eq!(folded.folded(source), range);
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "[一-龥A-Za-z0-9０-９，。（） \u{3000}]{0,60}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
