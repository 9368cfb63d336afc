//! Fonts: from the bytes of a shown string to characters and their widths. What a font's
//! own table says comes first; without one, the character collections of Adobe tell, in
//! which Chinese typesetting systems number their glyphs.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};

use super::han::plain;
use super::sfnt;

/// Largest table of a font that is read, in bytes.
const MAX_TABLE: usize = 8 << 20;
/// Widths beyond this many are nonsense.
const MAX_WIDTHS: usize = 100_000;

/// A character drawn, or U+FFFD where the font does not say which.
pub struct Shown {
    /// Nearly always one character; ligatures are more.
    pub text: Drawn,
    /// Advance in text space, for a font of size 1.
    pub width: f64,
    /// Whether word spacing applies after it.
    pub is_space: bool,
}

/// What a glyph stands for.
pub enum Drawn {
    /// One character.
    One(char),
    /// Several.
    Many(String),
}

/// A font as far as reading needs it.
pub struct Font {
    kind: Kind,
    to_unicode: Option<CMap>,
    /// Glyph space to text space.
    scale: f64,
    vertical: bool,
}

enum Kind {
    Simple {
        characters: Box<[Option<char>; 256]>,
        widths: Vec<f64>,
        first: usize,
        missing: f64,
    },
    Composite {
        encoding: Arc<CMap>,
        /// The codes are UTF-16 themselves.
        unicode: bool,
        collection: Option<Arc<CMap>>,
        /// What the embedded font says of glyphs, where nothing else says it.
        glyphs: HashMap<u32, char>,
        widths: HashMap<u32, f64>,
        default: f64,
    },
}

impl Font {
    /// Reads a font's dictionary.
    pub fn read(dict: &Dict) -> Self {
        let to_unicode = dict.get::<Stream>("ToUnicode").and_then(|s| table(&s));
        let subtype = dict.get::<Name>("Subtype");
        let subtype = subtype.as_ref().map_or(&b""[..], |n| n.as_ref());
        // Some typesetting systems leave out the composite font around a simple one.
        let named = dict.get::<Name>("Encoding").and_then(|name| {
            let name = CMapName::from_bytes(name.as_ref());
            family(&name).and(embedded(name))
        });
        if subtype == b"Type0" || named.is_some() {
            return Self {
                kind: composite(dict, to_unicode.is_some()),
                to_unicode,
                scale: 0.001,
                vertical: dict
                    .get::<Name>("Encoding")
                    .is_some_and(|name| name.as_ref().ends_with(b"-V")),
            };
        }
        let scale = if subtype == b"Type3" {
            let matrix = dict.get::<Array>("FontMatrix");
            let first = matrix.and_then(|m| m.iter::<Number>().next());
            first.map_or(0.001, |n| n.as_f64().abs())
        } else {
            0.001
        };
        Self {
            kind: simple(dict),
            to_unicode,
            scale,
            vertical: false,
        }
    }

    /// Whether it is written from the top down.
    pub fn is_vertical(&self) -> bool {
        self.vertical
    }

    /// What a string shows.
    pub fn show(&self, bytes: &[u8], mut each: impl FnMut(Shown)) {
        match &self.kind {
            Kind::Simple {
                characters,
                widths,
                first,
                missing,
            } => {
                for &byte in bytes {
                    let code = usize::from(byte);
                    let width = code.checked_sub(*first).and_then(|i| widths.get(i));
                    let text = self
                        .mapped(u32::from(byte))
                        .or_else(|| characters[code].map(Drawn::One))
                        .unwrap_or(Drawn::One('\u{fffd}'));
                    each(Shown {
                        text,
                        width: width.unwrap_or(missing) * self.scale,
                        is_space: byte == b' ',
                    });
                }
            }
            Kind::Composite {
                encoding,
                unicode,
                collection,
                glyphs,
                widths,
                default,
            } => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let (code, length, cid) = next(encoding, rest);
                    rest = &rest[length..];
                    let by_code = || unicode.then(|| char::from_u32(code)).flatten();
                    let by_cid = || match collection.as_ref()?.lookup_bf_string(cid?)? {
                        BfString::Char(c) => Some(c),
                        BfString::String(s) => s.chars().next(),
                    };
                    let by_glyph = || glyphs.get(&cid?).copied();
                    let any = || by_code().or_else(by_cid).or_else(by_glyph);
                    let text = self
                        .mapped(code)
                        .or_else(|| any().map(|c| Drawn::One(plain(c))))
                        .unwrap_or(Drawn::One('\u{fffd}'));
                    let width = cid.and_then(|cid| widths.get(&cid)).unwrap_or(default);
                    each(Shown {
                        text,
                        width: width * self.scale,
                        is_space: length == 1 && code == 32,
                    });
                }
            }
        }
    }

    /// What the font's own table says of a code.
    fn mapped(&self, code: u32) -> Option<Drawn> {
        match self.to_unicode.as_ref()?.lookup_bf_string(code)? {
            // Some tables map what they do not know to 0.
            BfString::Char(c) if (c as u32) < 32 || c == '\u{fffd}' => None,
            BfString::Char(c) => Some(Drawn::One(plain(c))),
            BfString::String(s) => Some(Drawn::Many(s.chars().map(plain).collect())),
        }
    }
}

/// The first code of a string: as many bytes as the encoding knows one by, and its glyph.
fn next(encoding: &CMap, bytes: &[u8]) -> (u32, usize, Option<u32>) {
    let mut code = 0;
    for (i, byte) in bytes.iter().take(4).enumerate() {
        code = code << 8 | u32::from(*byte);
        if let Some(cid) = encoding.lookup_cid_code(code, i as u8 + 1) {
            return (code, i + 1, Some(cid));
        }
    }
    let length = bytes.len().min(2);
    let code = bytes[..length]
        .iter()
        .fold(0, |c, b| c << 8 | u32::from(*b));
    (code, length, None)
}

fn table(stream: &Stream) -> Option<CMap> {
    let data = stream.decoded_data().ok()?;
    (data.len() <= MAX_TABLE)
        .then(|| CMap::parse(&data, load_embedded))
        .flatten()
}

/// A table of those that come with every reader of PDF files, read once.
fn embedded(name: CMapName) -> Option<Arc<CMap>> {
    type Tables = Mutex<HashMap<Vec<u8>, Option<Arc<CMap>>>>;
    static READ: LazyLock<Tables> = LazyLock::new(Tables::default);
    match name {
        CMapName::IdentityH => return Some(Arc::new(CMap::identity_h())),
        CMapName::IdentityV => return Some(Arc::new(CMap::identity_v())),
        _ => {}
    }
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = read.get(name.to_bytes()) {
        return found.clone();
    }
    // Names that are not known come from the file: they are not kept.
    let cmap = Arc::new(CMap::parse(load_embedded(name)?, load_embedded)?);
    read.insert(name.to_bytes().to_vec(), Some(cmap.clone()));
    Some(cmap)
}

/// The collection of glyphs that a named encoding numbers.
fn family(name: &CMapName) -> Option<CidFamily> {
    const PARTS: [(&str, &[u8]); 6] = [
        ("GB", b"GB1"),
        ("B5", b"CNS1"),
        ("CNS", b"CNS1"),
        ("HKscs", b"CNS1"),
        ("RKSJ", b"Japan1"),
        ("UniJIS", b"Japan1"),
    ];
    let name = std::str::from_utf8(name.to_bytes()).ok()?;
    let (_, ordering) = PARTS.iter().find(|(part, _)| name.contains(part))?;
    Some(CidFamily::from_registry_ordering(b"Adobe", ordering))
}

fn composite(dict: &Dict, mapped: bool) -> Kind {
    let descendant = dict
        .get::<Array>("DescendantFonts")
        .and_then(|fonts| fonts.iter::<Dict>().next())
        .unwrap_or_default();
    let name = dict.get::<Name>("Encoding");
    let encoding = match &name {
        Some(name) => embedded(CMapName::from_bytes(name.as_ref())),
        None => dict
            .get::<Stream>("Encoding")
            .and_then(|s| table(&s))
            .map(Arc::new),
    };
    let unicode = name.as_ref().is_some_and(|name| {
        let name = name.as_str();
        name.contains("UCS2") || name.contains("UTF16")
    });
    let by_system = descendant.get::<Dict>("CIDSystemInfo").and_then(|info| {
        let registry = info.get::<Bytes>("Registry")?;
        let ordering = info.get::<Bytes>("Ordering")?;
        let family = CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes());
        family.ucs2_cmap()
    });
    let by_encoding = || {
        let name = CMapName::from_bytes(name.as_ref()?.as_ref());
        family(&name)?.ucs2_cmap()
    };
    let collection = by_system.or_else(by_encoding).and_then(embedded);
    let glyphs = match (&collection, mapped) {
        (None, false) => glyphs(&descendant).unwrap_or_default(),
        _ => HashMap::new(),
    };
    let default = descendant
        .get::<Number>("DW")
        .map_or(1000.0, |n| n.as_f64());
    Kind::Composite {
        encoding: encoding.unwrap_or_else(|| Arc::new(CMap::identity_h())),
        unicode,
        collection,
        glyphs,
        widths: cid_widths(&descendant),
        default,
    }
}

/// The characters of a font's glyphs, by the numbers that the file calls them by.
fn glyphs(font: &Dict) -> Option<HashMap<u32, char>> {
    let descriptor = font.get::<Dict>("FontDescriptor")?;
    let file = descriptor
        .get::<Stream>("FontFile2")
        .or_else(|| descriptor.get::<Stream>("FontFile3"))?;
    let data = file.decoded_data().ok()?;
    let characters = sfnt::characters(data.get(..data.len().min(sfnt::MAX_FONT))?)?;
    let Some(numbers) = font.get::<Stream>("CIDToGIDMap") else {
        return Some(characters);
    };
    let numbers = numbers.decoded_data().ok()?;
    let pairs = numbers.chunks_exact(2).take(65_536).enumerate();
    let named = pairs.filter_map(|(cid, glyph)| {
        let glyph = u32::from(u16::from_be_bytes([glyph[0], glyph[1]]));
        Some((cid as u32, *characters.get(&glyph)?))
    });
    Some(named.collect())
}

/// The array `W`: `first [w w w]` or `first last w`.
fn cid_widths(font: &Dict) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let Some(array) = font.get::<Array>("W") else {
        return widths;
    };
    let mut items = array.iter::<Object>();
    let number = |o: Option<Object>| match o {
        Some(Object::Number(n)) => Some(n.as_f64()),
        _ => None,
    };
    while let Some(first) = number(items.next()) {
        let first = first.clamp(0.0, 65_535.0) as u32;
        match items.next() {
            Some(Object::Array(list)) => {
                for (i, width) in list.iter::<Number>().enumerate().take(65_536) {
                    widths.insert(first + i as u32, width.as_f64());
                }
            }
            Some(Object::Number(last)) => {
                let Some(width) = number(items.next()) else {
                    break;
                };
                let last = last.as_f64().clamp(0.0, 65_535.0) as u32;
                for cid in first..=last {
                    widths.insert(cid, width);
                }
            }
            _ => break,
        }
        if widths.len() > MAX_WIDTHS {
            break;
        }
    }
    widths
}

fn simple(dict: &Dict) -> Kind {
    let mut characters = Box::new([None; 256]);
    let first = dict
        .get::<Number>("FirstChar")
        .map(|n| n.as_i64().clamp(0, 255) as usize);
    // The printable part of ASCII is common to all encodings of Latin fonts. Subsets whose
    // glyphs are numbered as they come have none.
    let numbered = first.is_some_and(|first| first < 0x20) && !dict.contains_key("Encoding");
    for code in (0x20..0x7f_u8).chain(0xa0..=0xff).filter(|_| !numbered) {
        characters[usize::from(code)] = Some(char::from(code));
    }
    for (code, c) in [
        (0x85, '…'),
        (0x91, '‘'),
        (0x92, '’'),
        (0x93, '“'),
        (0x94, '”'),
        (0x95, '•'),
        (0x96, '–'),
        (0x97, '—'),
    ] {
        characters[code] = Some(c).filter(|_| !numbered);
    }
    if let Some(encoding) = dict.get::<Dict>("Encoding")
        && let Some(differences) = encoding.get::<Array>("Differences")
    {
        let mut code = 0;
        for item in differences.iter::<Object>().take(1024) {
            match item {
                Object::Number(n) => code = n.as_f64().clamp(0.0, 255.0) as usize,
                Object::Name(name) => {
                    if let Some(place) = characters.get_mut(code) {
                        *place = glyph_name(name.as_str());
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }
    let widths = dict
        .get::<Array>("Widths")
        .map(|w| w.iter::<Number>().take(256).map(|n| n.as_f64()).collect())
        .unwrap_or_default();
    let missing = dict
        .get::<Dict>("FontDescriptor")
        .and_then(|d| d.get::<Number>("MissingWidth"))
        .map_or(500.0, |n| n.as_f64());
    Kind::Simple {
        characters,
        widths,
        first: first.unwrap_or(0),
        missing,
    }
}

/// The character of a glyph by its name, as far as figures and Latin text go.
fn glyph_name(name: &str) -> Option<char> {
    const NAMES: [(&str, char); 44] = [
        ("space", ' '),
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("period", '.'),
        ("comma", ','),
        ("hyphen", '-'),
        ("minus", '-'),
        ("percent", '%'),
        ("parenleft", '('),
        ("parenright", ')'),
        ("colon", ':'),
        ("semicolon", ';'),
        ("slash", '/'),
        ("plus", '+'),
        ("equal", '='),
        ("asterisk", '*'),
        ("bullet", '•'),
        ("endash", '–'),
        ("emdash", '—'),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("quotesingle", '\''),
        ("quotedbl", '"'),
        ("exclam", '!'),
        ("question", '?'),
        ("at", '@'),
        ("numbersign", '#'),
        ("ampersand", '&'),
        ("underscore", '_'),
        ("less", '<'),
        ("greater", '>'),
        ("bracketleft", '['),
        ("bracketright", ']'),
        ("periodcentered", '·'),
    ];
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(c);
    }
    if let Some((_, c)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some(*c);
    }
    let hex = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))?;
    let code = u32::from_str_radix(hex.get(..4.max(hex.len().min(6)))?, 16).ok()?;
    char::from_u32(code).filter(|c| !c.is_control())
}
