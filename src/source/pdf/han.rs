//! Radicals in place of characters: fonts map one glyph to both ⼀ (a Kangxi radical) and
//! 一, and many producers write the radical. Whoever reads sees the character.

/// The characters that look like U+2F00 to U+2FD5, in their order (Unicode, compatibility
/// decomposition).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The same for other forms of radicals, as far as characters of their own look like them
/// (Unicode, CJK Radicals Supplement).
const SUPPLEMENT: &str = "⺊卜⺎兀⺒巳⺓幺⺙攵⺛旡⺜曰⺝月⺞歺⺟母⺠民⺩王⺪疋⺫目⺬示⺲罒⺼月⻁虎⻃覀⻄西⻅见⻆角⻇角⻉贝⻋车⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟";

/// The character that `c` is drawn as.
pub fn plain(c: char) -> char {
    match c {
        // These two have other forms now than when the radicals were listed.
        '⼾' => '户',
        '⾭' => '青',
        '\u{2f00}'..='\u{2fd5}' => {
            let at = c as usize - 0x2f00;
            KANGXI.chars().nth(at).unwrap_or(c)
        }
        '\u{2e80}'..='\u{2eff}' => {
            let mut pairs = SUPPLEMENT.chars();
            pairs.find(|radical| *radical == c);
            pairs.next().unwrap_or(c)
        }
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
        assert_eq!(SUPPLEMENT.chars().count() % 2, 0);
        let plain: String = "⼀⼈⽂⾏⻓⻑⻋⿕⺀⻳a".chars().map(plain).collect();
        assert_eq!(plain, "一人文行长長车龠⺀龟a");
    }
}
