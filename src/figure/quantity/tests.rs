use super::*;
use crate::text::fold::fold;

fn all(text: &str) -> Vec<String> {
    scan(&fold(text))
        .iter()
        .filter(|q| !q.weak)
        .map(|q| format!("{}{}", q.value, q.unit))
        .collect()
}

#[test]
fn counts_are_found_with_their_units() {
    for (text, want) in [
        (
            "全年共收到申请1,204件，办结１，１９８件",
            vec!["1204件", "1198件"],
        ),
        (
            "访问量为72万次，收取规费近8642万元",
            vec!["720000次", "86420000元"],
        ),
        (
            "全文电子化达98.6 %，占总数的百分之九十",
            vec!["98.6%", "90%"],
        ),
        ("占比超八成", vec!["80%"]),
        ("培训二十三期，三百余人次", vec!["23期", "300人次"]),
        ("年访问量近万人次", vec!["10000人次"]),
        ("四项业务全部进驻", vec!["4项"]),
        ("总浏览量为536万，粉丝超3170万", vec!["5360000", "31700000"]),
        ("发布九大类民生信息98大条", vec!["98条"]),
        ("收到0件", vec!["0件"]),
        ("设8大板块", vec!["8板块"]),
        ("公开1 234条", vec!["1234条"]),
        ("政策类 2 5 条", vec!["25条"]),
        ("政府规章0条", vec!["0条"]),
        ("收到申请4件次", vec!["4件"]),
        ("文件数量为0。", vec!["0"]),
        ("财务统计1条、会计1名", vec!["1条", "1名"]),
    ] {
        assert_eq!(all(text), want, "{text}");
    }
}

#[test]
fn what_counts_nothing_is_left_out() {
    for text in [
        "2011年10月21日",
        "第59次政府常务会议",
        "15:59:05",
        "00823240-4/2012-06301",
        "电话4315886",
        "（0473-2024747）",
        "第九至十二条",
        "国办发〔2021〕30号",
        "1-8月份",
        "“一条龙”服务",
        "两个环节",
        "三种类型",
        "一次提交",
        "每月一期",
        "12345热线",
        "四个参考文本",
        "六部分组成",
        "分为7部分",
        "其他事项等6项内容",
        "广场路188号7幢",
        "三间房地区",
        "共五章二十八条",
        "公开形式 1、公告栏",
        "3个工作日",
        "第二十条第（一）项",
        "统一标准",
        "《三年行动计划（2020-2022）》",
        "《关于办好10件实事的通知》",
        "“稳岗就业28条”政策",
        "同一热点计1次",
        "一是加强领导",
        "1.加强领导",
    ] {
        assert_eq!(all(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn reserves_are_kept() {
    for (text, want) in [
        ("近8100条", Qualifier::Approx),
        ("约27万条", Qualifier::Approx),
        ("200多人", Qualifier::AtLeast),
        ("6个以上", Qualifier::AtLeast),
        ("不足10件", Qualifier::AtMost),
        ("超过5场", Qualifier::AtLeast),
        ("通过3项", Qualifier::Exact),
        ("100人左右", Qualifier::Approx),
    ] {
        assert_eq!(scan(&fold(text))[0].qualifier, want, "{text}");
    }
}
