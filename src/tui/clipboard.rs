//! The clipboard by OSC 52: the terminal itself takes the text, so it lands on the machine
//! before which the person sits, over SSH too. Inside tmux it is sent twice: bare, for a tmux
//! that takes the clipboard itself, and wrapped, for one that lets sequences through; each
//! ignores what it is not set to obey.

use base64::Engine;

/// Most terminals refuse more than about 100 kB of base64.
pub const LIMIT: usize = 74_000;

/// The sequence that puts `text` on the clipboard.
pub fn sequence(text: &str, tmux: bool) -> String {
    let mut end = text.len().min(LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let body = base64::engine::general_purpose::STANDARD.encode(&text[..end]);
    let plain = format!("\u{1b}]52;c;{body}\u{7}");
    if tmux {
        // Inside, every escape is doubled.
        format!("{plain}\u{1b}Ptmux;\u{1b}{plain}\u{1b}\\")
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_for_tmux() {
        assert_eq!(sequence("公开", false), "\u{1b}]52;c;5YWs5byA\u{7}");
        let wrapped = sequence("公开", true);
        assert!(wrapped.starts_with("\u{1b}]52;"));
        assert!(wrapped.contains("\u{1b}Ptmux;\u{1b}\u{1b}]52;"));
        assert!(wrapped.ends_with("\u{1b}\\"));
    }
}
