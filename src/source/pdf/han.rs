//! Radicals in place of characters: fonts map one glyph to both ⼀ (a Kangxi radical) and
//! 一, and many producers write the radical. Whoever reads sees the character.

/// The characters that look like U+2F00 to U+2FD5, in their order (Unicode, compatibility
/// decomposition).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The same for the radicals' simplified forms, as far as characters of their own exist.
const SUPPLEMENT: [(char, char); 24] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺝', '月'),
];

/// The character that `c` is drawn as.
pub fn plain(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => {
            let at = c as usize - 0x2f00;
            KANGXI.chars().nth(at).unwrap_or(c)
        }
        '\u{2e80}'..='\u{2eff}' => SUPPLEMENT
            .iter()
            .find(|(radical, _)| *radical == c)
            .map_or(c, |(_, plain)| *plain),
        '\u{a0}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        let plain: String = "⼀⼈⽂⾏⻓⻋⿕⺀a".chars().map(plain).collect();
        assert_eq!(plain, "一人文行长车龠⺀a");
    }
}
