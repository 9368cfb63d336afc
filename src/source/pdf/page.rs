//! One page → characters where they stand, the straight lines drawn on it, and how much of
//! it is covered by pictures. Coordinates run right and down from the upper left corner.

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};

use super::font::{Drawn, Font};
use super::han::plain;
use super::path::{Matrix, Path, Rule, times};
use super::text;
use super::turn::{self, Turned};

/// Forms within forms beyond this depth are not drawn.
const MAX_DEPTH: usize = 12;
/// Saved states beyond this many are not kept.
const MAX_STATES: usize = 256;
/// Words given for what is drawn are no longer than this.
const MAX_ACTUAL: usize = 200;
/// Characters of a document beyond this many are not read.
const MAX_GLYPHS: usize = 2_000_000;
/// Operators of a document beyond this many are not followed.
const MAX_OPERATORS: usize = 20_000_000;

/// A character on a page.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// U+FFFD where the font does not say which.
    pub c: char,
    /// Left end of its base line.
    pub x: f64,
    /// Height of its base line.
    pub y: f64,
    /// Advance.
    pub width: f64,
    /// Size of the font as drawn.
    pub size: f64,
}

/// What is drawn on a page.
#[derive(Debug, Default)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Part of the page covered by the largest picture, from 0 to 1.
    pub pictured: f64,
}

/// What is kept from page to page, and what a document may use up.
pub struct Budget {
    fonts: HashMap<usize, Rc<Font>>,
    glyphs: usize,
    operators: usize,
    deadline: Instant,
}

impl Budget {
    /// A document may be read until then.
    pub fn until(deadline: Instant) -> Self {
        Self {
            fonts: HashMap::new(),
            glyphs: 0,
            operators: 0,
            deadline,
        }
    }

    /// Whether it is used up.
    pub fn is_spent(&self) -> bool {
        self.glyphs > MAX_GLYPHS
            || self.operators > MAX_OPERATORS
            || (self.operators.is_multiple_of(1024) && Instant::now() > self.deadline)
    }
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Draws a page.
pub fn draw(page: &Page, budget: &mut Budget) -> Drawing {
    let (width, height) = page.render_dimensions();
    let mut pen = Pen {
        drawing: Drawing {
            width: f64::from(width),
            height: f64::from(height),
            ..Drawing::default()
        },
        turned: Turned::default(),
        budget,
        path: Path::default(),
        furniture: 0,
        marks: Vec::new(),
        actual: None,
    };
    let state = State {
        ctm: page.initial_transform(true).as_coeffs(),
        font: None,
        size: 1.0,
        spacing: 0.0,
        word_spacing: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    if let Some(content) = page.page_stream() {
        pen.run(content, page.resources(), state, 0);
    }
    pen.finish()
}

struct Pen<'b> {
    drawing: Drawing,
    /// Characters by the direction they run in: right, down, left, up.
    turned: Turned,
    budget: &'b mut Budget,
    path: Path,
    /// Depth of marked content that is no content: running heads, page numbers.
    furniture: usize,
    marks: Vec<bool>,
    /// What the characters being drawn really are, where the file says so.
    actual: Option<Actual>,
}

/// Words that stand for what is drawn within a mark.
struct Actual {
    words: String,
    /// Marks open outside of it.
    depth: usize,
    /// How many characters of each direction had been drawn before it.
    before: [usize; 4],
}

impl Pen<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources, mut state: State, depth: usize) {
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut matrix) = (IDENTITY, IDENTITY);
        let mut operators = UntypedIter::new(content);
        while let Some(instruction) = operators.next() {
            self.budget.operators += 1;
            if self.budget.is_spent() {
                return;
            }
            let operands: Vec<&Object> = instruction.operands().collect();
            let mut n = [0.0; 6];
            let mut count = 0;
            for operand in &operands {
                if let (Object::Number(number), Some(place)) = (operand, n.get_mut(count)) {
                    *place = number.as_f64();
                    count += 1;
                }
            }
            let name = operands.iter().rev().find_map(|o| match o {
                Object::Name(name) => Some(name),
                _ => None,
            });
            match &**instruction.operator {
                b"q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                b"Q" => {
                    if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                b"cm" if count == 6 => state.ctm = times(n, state.ctm),
                b"BT" => (line, matrix) = (IDENTITY, IDENTITY),
                b"Tf" => {
                    state.size = n[0];
                    state.font = name.and_then(|name| self.font(resources, name));
                }
                b"Tc" => state.spacing = n[0],
                b"Tw" => state.word_spacing = n[0],
                b"Tz" => state.stretch = n[0] / 100.0,
                b"TL" => state.leading = n[0],
                b"Ts" => state.rise = n[0],
                b"Td" | b"TD" => {
                    if &**instruction.operator == b"TD" {
                        state.leading = -n[1];
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, n[0], n[1]], line);
                    matrix = line;
                }
                b"Tm" if count == 6 => {
                    line = n;
                    matrix = line;
                }
                b"T*" => {
                    line = times([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    matrix = line;
                }
                b"Tj" => self.strings(&operands, &state, &mut matrix),
                b"TJ" => {
                    for operand in &operands {
                        if let Object::Array(array) = operand {
                            self.array(array, &state, &mut matrix);
                        }
                    }
                }
                b"'" | b"\"" => {
                    if &**instruction.operator == b"\"" {
                        (state.word_spacing, state.spacing) = (n[0], n[1]);
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    matrix = line;
                    self.strings(&operands, &state, &mut matrix);
                }
                b"Do" => {
                    let form = name.and_then(|name| resources.get_x_object(name));
                    if let Some(form) = form {
                        self.form(&form, resources, &state, depth);
                    }
                }
                b"BI" => self.picture(&state),
                b"BDC" | b"BMC" => {
                    let running = operands.first().is_some_and(|tag| match tag {
                        Object::Name(tag) => tag.as_ref() == b"Artifact",
                        _ => false,
                    }) && operands.get(1).is_some_and(|properties| {
                        let Object::Dict(dict) = properties else {
                            return false;
                        };
                        dict.get::<Name>("Type")
                            .is_some_and(|t| t.as_ref() == b"Pagination")
                    });
                    if self.actual.is_none()
                        && let Some(Object::Dict(dict)) = operands.get(1)
                        && let Some(words) = dict.get::<Bytes>("ActualText")
                    {
                        self.actual = Some(Actual {
                            words: text(words.as_bytes()).unwrap_or_default(),
                            depth: self.marks.len(),
                            before: self.turned.each_ref().map(Vec::len),
                        });
                    }
                    self.furniture += usize::from(running);
                    self.marks.push(running);
                }
                b"EMC" => {
                    if self.marks.pop() == Some(true) {
                        self.furniture -= 1;
                    }
                    let depth = self.marks.len();
                    if let Some(actual) = self.actual.take_if(|a| a.depth >= depth) {
                        self.replace(&actual);
                    }
                }
                operator => self.path.follow(operator, &n, state.ctm),
            }
        }
    }

    /// Puts words in the place of what was drawn within their mark, if that is one stretch.
    fn replace(&mut self, actual: &Actual) {
        let chars: Vec<char> = actual.words.chars().collect();
        let mut drawn = (0..4).filter(|t| self.turned[*t].len() > actual.before[*t]);
        let (Some(turn), None) = (drawn.next(), drawn.next()) else {
            return;
        };
        let glyphs = &mut self.turned[turn];
        let from = actual.before[turn];
        let (first, last) = (glyphs[from], glyphs[glyphs.len() - 1]);
        if chars.len() == glyphs.len() - from {
            for (glyph, c) in glyphs[from..].iter_mut().zip(chars) {
                glyph.c = plain(c);
            }
        } else if turn == 0
            && (1..=MAX_ACTUAL).contains(&chars.len())
            && (first.y - last.y).abs() < first.size * 0.2
        {
            let each = (last.x + last.width - first.x) / chars.len() as f64;
            glyphs.truncate(from);
            glyphs.extend(chars.iter().enumerate().map(|(i, c)| Glyph {
                c: plain(*c),
                x: first.x + each * i as f64,
                width: each,
                ..first
            }));
        }
    }

    fn font(&mut self, resources: &Resources, name: &Name) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        // A dictionary is known by where it stands in the file.
        let key = dict.data().as_ptr() as usize;
        let font = self
            .budget
            .fonts
            .entry(key)
            .or_insert_with(|| Rc::new(Font::read(&dict)));
        Some(font.clone())
    }

    fn strings(&mut self, operands: &[&Object], state: &State, matrix: &mut Matrix) {
        for operand in operands {
            if let Object::String(bytes) = operand {
                self.show(bytes.as_bytes(), state, matrix);
            }
        }
    }

    fn array(&mut self, array: &Array, state: &State, matrix: &mut Matrix) {
        for item in array.iter::<Object>() {
            match item {
                Object::String(bytes) => self.show(bytes.as_bytes(), state, matrix),
                Object::Number(n) => {
                    let shift = -n.as_f64() / 1000.0 * state.size;
                    let vertical = state.font.as_ref().is_some_and(|f| f.is_vertical());
                    let (right, up) = match vertical {
                        true => (0.0, shift),
                        false => (shift * state.stretch, 0.0),
                    };
                    *matrix = times([1.0, 0.0, 0.0, 1.0, right, up], *matrix);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8], state: &State, matrix: &mut Matrix) {
        let Some(font) = state.font.clone() else {
            return;
        };
        font.show(bytes, |shown| {
            let word = if shown.is_space {
                state.word_spacing
            } else {
                0.0
            };
            let advance = (shown.width * state.size + state.spacing + word) * state.stretch;
            let drawn = shown.width * state.size * state.stretch;
            // Vertical writing: the origin lies above the middle of the character.
            let (shift, rise) = match font.is_vertical() {
                true => (-drawn / 2.0, state.rise - 0.88 * state.size),
                false => (0.0, state.rise),
            };
            let place = times([1.0, 0.0, 0.0, 1.0, shift, rise], *matrix);
            let place = times(place, state.ctm);
            if self.furniture == 0 && self.budget.glyphs <= MAX_GLYPHS {
                match shown.text {
                    Drawn::One(c) => self.glyph(c, place, drawn, state.size),
                    Drawn::Many(text) => {
                        let each = drawn / text.chars().count().max(1) as f64;
                        let mut place = place;
                        for c in text.chars() {
                            self.glyph(c, place, each, state.size);
                            place = times([1.0, 0.0, 0.0, 1.0, each, 0.0], place);
                        }
                    }
                }
            }
            let (right, down) = match font.is_vertical() {
                true => (0.0, state.size + state.spacing + word),
                false => (advance, 0.0),
            };
            *matrix = times([1.0, 0.0, 0.0, 1.0, right, -down], *matrix);
        });
    }

    fn glyph(&mut self, c: char, place: Matrix, width: f64, size: f64) {
        self.budget.glyphs += 1;
        let along = place[0].hypot(place[1]);
        let height = place[2].hypot(place[3]) * size.abs();
        let (x, y) = (place[4], place[5]);
        if !(x.is_finite() && y.is_finite() && height.is_finite() && along.is_finite()) {
            return;
        }
        // Directions of reading in quarters of a turn; what is askew is a watermark.
        let (right, down) = (place[0] * size.signum(), place[1] * size.signum());
        let turn = if down.abs() < right.abs() * 0.1 {
            if right > 0.0 { 0 } else { 2 }
        } else if right.abs() < down.abs() * 0.1 {
            if down > 0.0 { 1 } else { 3 }
        } else {
            return;
        };
        let (w, h) = (self.drawing.width, self.drawing.height);
        if x < -w || y < -h || x > w * 2.0 || y > h * 2.0 {
            return;
        }
        self.turned[turn].push(Glyph {
            c,
            x,
            y,
            width: (width * along).abs(),
            size: height.clamp(0.1, 1000.0),
        });
    }

    fn form(&mut self, form: &Stream, resources: &Resources, state: &State, depth: usize) {
        let dict = form.dict();
        match dict.get::<Name>("Subtype").as_ref().map(|n| n.as_ref()) {
            Some(b"Image") => self.picture(state),
            Some(b"Form") if depth < MAX_DEPTH => {
                let Ok(content) = form.decoded_data() else {
                    return;
                };
                let mut state = state.clone();
                if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
                    state.ctm = times(matrix, state.ctm);
                }
                match dict.get::<Dict>("Resources") {
                    Some(own) => self.run(&content, &Resources::new(own), state, depth + 1),
                    None => self.run(&content, resources, state, depth + 1),
                }
            }
            _ => {}
        }
    }

    fn picture(&mut self, state: &State) {
        let m = state.ctm;
        let area = (m[0] * m[3] - m[1] * m[2]).abs();
        let part = area / (self.drawing.width * self.drawing.height).max(1.0);
        self.drawing.pictured = self.drawing.pictured.max(part.min(1.0));
    }

    /// The drawing, turned so that most of its text runs to the right.
    fn finish(mut self) -> Drawing {
        self.drawing.rules = self.path.rules();
        turn::turned(self.drawing, self.turned)
    }
}
