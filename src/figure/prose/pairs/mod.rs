//! Paired lists: 通过微博、微信分别发布320条、415条, 予以公开、部分公开分别为12件、3件. The
//! first number belongs to the first noun, the second to the second.

mod family;

use std::ops::Range;

use super::label::Name;
use super::{Reader, Sentence, kinds};
use crate::figure::quantity::Quantity;

/// What lies between two numbers of such a list.
const BETWEEN: [&str; 5] = ["、", "和", ",", "及", "与"];

/// Names of the quantities of a sentence that stand in paired lists, by their places.
pub(super) fn find(reader: &Reader, sentence: &Sentence) -> Vec<(usize, Name)> {
    let text = sentence.text;
    let mut found = Vec::new();
    let mut from = sentence.range.start;
    let mut first = 0;
    while first < sentence.quantities.len() {
        let run = run(text, &sentence.quantities[first..]);
        let quantity = &sentence.quantities[first];
        let before = from..quantity.range.start;
        if run >= 2
            && let Some(names) = names(reader, sentence, before, quantity, run)
        {
            found.extend(
                names
                    .into_iter()
                    .enumerate()
                    .map(|(i, name)| (first + i, name)),
            );
        }
        // 网站、微博、微信三个渠道分别发布: the three count nothing.
        let last = &sentence.quantities[first + run - 1];
        if !last.weak {
            from = last.range.end;
        }
        first += run;
    }
    found
}

/// How many quantities follow one another with nothing but a comma between them.
fn run(text: &str, quantities: &[Quantity]) -> usize {
    let joined = |pair: &[Quantity]| {
        let between = text[pair[0].range.end..pair[1].range.start].trim();
        BETWEEN.contains(&between) && pair[0].unit == pair[1].unit
    };
    1 + quantities
        .windows(2)
        .take_while(|pair| joined(pair))
        .count()
}

/// The nouns before 分别, one for each number; none unless there are as many.
fn names(
    reader: &Reader,
    sentence: &Sentence,
    before: Range<usize>,
    quantity: &Quantity,
    count: usize,
) -> Option<Vec<Name>> {
    let text = sentence.text;
    let end = before.start + text[before.clone()].rfind("分别")?;
    let start = text[before.start..end]
        .rfind([',', ';', ':'])
        .map_or(before.start, |at| before.start + at + 1);
    let mut pieces = Vec::new();
    let mut at = start;
    for (i, c) in text[start..end].char_indices() {
        if matches!(c, '、' | '和' | '与' | '及') {
            pieces.push(at..start + i);
            at = start + i + c.len_utf8();
        }
    }
    pieces.push(at..at + without_their_number(&text[at..end]).len());
    if pieces.len() != count || quantity.unit == "%" {
        return None;
    }
    let said = start..quantity.range.start;
    if let Some(names) = of_years(reader, sentence, &pieces, said, &quantity.unit) {
        return Some(names);
    }
    let behind = end + "分别".len()..quantity.range.start;
    let mut names: Vec<Name> = pieces
        .iter()
        .map(|piece| named(reader, sentence, piece.clone(), &quantity.unit))
        .collect();
    if let Some(family) = family::find(reader, sentence, &pieces, behind, &quantity.unit) {
        for (name, (indicator, applicant)) in names.iter_mut().zip(family) {
            (name.indicator, name.applicant) = (indicator, applicant);
        }
    }
    Some(names)
}

/// 微信三个渠道: the noun without how many there are.
fn without_their_number(piece: &str) -> &str {
    let ends = ["渠道", "平台", "方式", "途径", "载体", "形式"];
    let Some(rest) = ends.iter().find_map(|w| piece.strip_suffix(w)) else {
        return piece;
    };
    let rest = rest.trim_end_matches(['个', '种', '大', '类']);
    let bare = rest.trim_end_matches(crate::text::numeral::is_han_numeral);
    if bare.len() < rest.len() {
        bare.trim_end_matches('等')
    } else {
        piece
    }
}

/// 2014年、2015年分别收到申请5件、8件: what is counted is said once, and each has its year.
fn of_years(
    reader: &Reader,
    sentence: &Sentence,
    pieces: &[Range<usize>],
    said: Range<usize>,
    unit: &str,
) -> Option<Vec<Name>> {
    let text = sentence.text;
    let years: Option<Vec<i32>> = pieces
        .iter()
        .map(|piece| {
            let piece = text[piece.clone()].trim_end_matches('度');
            // 2014、2015、2016年
            let piece = match piece.strip_suffix('年') {
                Some(piece) => piece,
                None if piece.len() == 4 => piece,
                None => return None,
            };
            let digits = piece.get(piece.len().checked_sub(4)?..)?;
            digits.parse().ok().filter(|y| (1990..2100).contains(y))
        })
        .collect();
    let labels = sentence
        .words
        .labels(&said, unit, |i, _| sentence.speaks_of(&i.group));
    let label = labels.iter().max_by_key(|l| (l.weight, !l.short));
    let name = |(piece, year): (&Range<usize>, i32)| {
        let other = Some(year) != reader.year();
        Name {
            label: piece.clone(),
            zone: piece.clone(),
            indicator: label.map(|l| l.indicator).filter(|_| !other),
            would_be: label.map(|l| l.indicator).filter(|_| other),
            year: Some(year).filter(|_| other),
            is_change: other,
            ..Name::default()
        }
    };
    Some(pieces.iter().zip(years?).map(name).collect())
}

fn named(reader: &Reader, sentence: &Sentence, piece: Range<usize>, unit: &str) -> Name {
    let said = &sentence.text[piece.clone()];
    let labels = sentence.words.labels(&piece, unit, |_, _| true);
    let label = labels.iter().max_by_key(|l| (l.weight, !l.short));
    let applicant = reader
        .grammar
        .applicant(said)
        .filter(|_| sentence.speaks_of("requests"));
    let mut name = Name {
        label: piece.clone(),
        zone: piece,
        ..Name::default()
    };
    match (applicant, label) {
        (Some((_, who)), _) => {
            name.applicant = Some(who);
            name.indicator = reader.lexicon.place("requests.received.new");
        }
        (None, Some(label)) => name.indicator = Some(label.indicator),
        (None, None) if sentence.speaks_of("disclosure") && !kinds::is_body(said) => {
            name.indicator = reader.lexicon.kind(said);
        }
        (None, None) => {}
    }
    name
}
