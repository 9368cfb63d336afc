//! Paths drawn on a page → the straight lines among them, which may rule a table.

/// Lines of one page beyond this many are drawings, no tables.
const MAX_RULES: usize = 6_000;
/// Points of one part of a path beyond this many bound no cell.
const MAX_POINTS: usize = 64;
/// A shape up to this thickness is a line, in points.
const THIN: f64 = 3.0;
/// Lines shorter than this rule nothing.
const SHORT: f64 = 2.0;

/// A straight line, horizontal or vertical.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

/// Six numbers: `x' = a x + c y + e`, `y' = b x + d y + f`.
pub type Matrix = [f64; 6];

/// First `m`, then `n`.
pub fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

fn apply(m: Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// The path that is being built, and the lines drawn so far.
#[derive(Debug, Default)]
pub struct Path {
    /// Its parts, each as its points.
    parts: Vec<Vec<(f64, f64)>>,
    rules: Vec<Rule>,
}

impl Path {
    /// Follows an operator of paths; any other changes nothing.
    pub fn follow(&mut self, operator: &[u8], n: &[f64; 6], ctm: Matrix) {
        match operator {
            b"m" => self.parts.push(vec![apply(ctm, n[0], n[1])]),
            b"l" => {
                if let Some(part) = self.parts.last_mut().filter(|p| p.len() < MAX_POINTS) {
                    part.push(apply(ctm, n[0], n[1]));
                }
            }
            // A curve bounds no cell: its part of the path counts no more.
            b"c" | b"v" | b"y" => {
                if let Some(part) = self.parts.last_mut() {
                    part.clear();
                }
            }
            b"h" => self.close(),
            b"re" => {
                let (x0, y0, x1, y1) = (n[0], n[1], n[0] + n[2], n[1] + n[3]);
                let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)];
                self.parts
                    .push(corners.map(|(x, y)| apply(ctm, x, y)).to_vec());
            }
            b"S" | b"B" | b"B*" => self.paint(true),
            b"s" | b"b" | b"b*" => {
                self.close();
                self.paint(true);
            }
            b"f" | b"F" | b"f*" => self.paint(false),
            b"n" => self.parts.clear(),
            _ => {}
        }
        if self.parts.len() > MAX_RULES {
            self.parts.clear();
        }
    }

    /// The lines drawn; none where there are too many for a table.
    pub fn rules(&mut self) -> Vec<Rule> {
        let rules = std::mem::take(&mut self.rules);
        if rules.len() > MAX_RULES {
            return Vec::new();
        }
        rules
    }

    fn close(&mut self) {
        if let Some(part) = self.parts.last_mut()
            && let Some(first) = part.first().copied()
        {
            part.push(first);
        }
    }

    fn paint(&mut self, stroke: bool) {
        for part in std::mem::take(&mut self.parts) {
            if part.len() < 2 {
                continue;
            }
            let (mut x0, mut y0) = (f64::MAX, f64::MAX);
            let (mut x1, mut y1) = (f64::MIN, f64::MIN);
            for (x, y) in &part {
                (x0, y0) = (x0.min(*x), y0.min(*y));
                (x1, y1) = (x1.max(*x), y1.max(*y));
            }
            if x1 - x0 <= THIN || y1 - y0 <= THIN {
                // A line, drawn or filled: along its middle.
                if x1 - x0 >= y1 - y0 {
                    let y = f64::midpoint(y0, y1);
                    self.rule(x0, y, x1, y);
                } else {
                    let x = f64::midpoint(x0, x1);
                    self.rule(x, y0, x, y1);
                }
            } else if stroke {
                for pair in part.windows(2) {
                    let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
                    if (ax - bx).abs() < 1.0 {
                        self.rule(ax, ay.min(by), ax, ay.max(by));
                    } else if (ay - by).abs() < 1.0 {
                        self.rule(ax.min(bx), ay, ax.max(bx), ay);
                    }
                }
            }
        }
    }

    fn rule(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let finite = [x0, y0, x1, y1].iter().all(|v| v.is_finite());
        if finite && (x1 - x0).max(y1 - y0) >= SHORT && self.rules.len() <= MAX_RULES {
            self.rules.push(Rule { x0, y0, x1, y1 });
        }
    }
}
