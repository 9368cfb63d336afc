//! One report after another, each from the seed and its number alone. Benchmarks use this
//! module too.

mod facts;
mod forms;
mod noise;
mod page;
mod places;
mod prose;

use facts::Facts;
use fastrand::Rng;
use places::Place;
use prose::Frames;

/// A generated file.
pub struct Generated {
    /// Below the folder of the corpus.
    pub path: String,
    /// UTF-8.
    pub text: String,
}

/// Makes reports.
pub struct Generator {
    /// How many of a hundred files are saved web pages.
    pages: u32,
    seed: u64,
    frames: Frames,
    places: Vec<Place>,
}

/// The four generations of the national forms, by the year of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// 2008 to 2013, local forms.
    A,
    /// 2014 to 2018.
    B,
    /// 2019 and 2020.
    C,
    /// Since 2021.
    D,
}

impl Era {
    fn of(year: u32) -> Self {
        match year {
            ..=2013 => Self::A,
            2014..=2018 => Self::B,
            2019..=2020 => Self::C,
            _ => Self::D,
        }
    }
}

impl Generator {
    /// Reads names and frames once.
    pub fn new(seed: u64) -> Self {
        Self {
            pages: 0,
            seed,
            frames: Frames::read(),
            places: places::read(),
        }
    }

    /// Makes `percent` of the files saved web pages.
    pub fn with_pages(self, percent: u32) -> Self {
        Self {
            pages: percent,
            ..self
        }
    }

    /// The report with this number.
    pub fn report(&self, number: u64) -> Generated {
        // Any mixing will do that sends neighbours far apart.
        let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut rng = Rng::with_seed(self.seed.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ mixed);
        let place = &self.places[rng.usize(..self.places.len())];
        let year = rng.u32(2008..2024);
        let era = Era::of(year);
        // A third of the old reports and a tenth of the new ones are prose only.
        let with_form = rng.u32(..100) < if era == Era::A { 60 } else { 90 };
        let facts = Facts::draw(&mut rng, place, year, era);
        let mut text = prose::write(&self.frames, &facts, with_form, &mut rng);
        let markdown = rng.u32(..100) < 15;
        if markdown {
            text = noise::markdown(&text);
        }
        if rng.u32(..100) < 25 {
            // Half of them with the words of Taiwan as well: 資訊, 網路.
            text = match rng.bool() {
                true => hanconv::s2tw(&text),
                false => hanconv::s2twp(&text),
            };
            if rng.u32(..100) < 5 {
                text = noise::with_pinyin(&text, &mut rng);
            }
        }
        let mut ending = if markdown { "md" } else { "txt" };
        // Drawn last, so that the other files are the same whatever share is asked for.
        if rng.u32(..100) < self.pages {
            let kilobytes = rng.usize(40..160);
            text = page::page(&text, kilobytes, &mut rng);
            ending = "html";
        }
        let (province, code) = (&place.code[..2], &place.code);
        Generated {
            path: format!("{province}/{code}-{year}-{number:06}.{ending}"),
            text,
        }
    }
}
