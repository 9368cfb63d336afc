//! The loop: waits for input, answers and signals, updates, and draws when something has
//! changed, at most every 16 ms. It sleeps when nothing happens.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, bounded, never, select, unbounded};
use ratatui::crossterm::event::Event;

use super::action::{Action, Arrived, Job, Tone};
use super::command::{Command, Keymap};
use super::session::Session;
use super::state::State;
use super::style::Skin;
use super::terminal::Guard;
use super::worker::Workers;
use super::{Options, TuiError, clipboard, event, shelf, update};
use crate::config::theme::Theme;
use crate::text::width;

/// Least time between two frames.
const FRAME: Duration = Duration::from_millis(16);

/// Runs the browser until the person leaves it.
///
/// # Errors
/// [`TuiError`] when there is no terminal or it stops to obey.
pub fn run(options: Options) -> Result<(), TuiError> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(TuiError::NotATerminal);
    }
    width::set_ambiguous_wide(options.ambiguous_wide);
    let keymap = Arc::new(Keymap::new(options.keys.as_deref()));
    let mut state = State::new(options.language, keymap);
    state.mouse = options.mouse;
    state.corpus = options.corpus.name();
    state.measure = u16::try_from(options.measure).unwrap_or(u16::MAX);
    let key = options.corpus.key();
    let session = options.state_dir.as_deref().map(Session::load);
    let session = session.unwrap_or_default();
    let skins = skins(&options);
    let wanted = session
        .theme
        .clone()
        .unwrap_or_else(|| options.theme.clone());
    state.themes = skins.len();
    state.theme = choose(&skins, &wanted);
    let (theme, configured) = (state.theme, state.language);
    let remembered = session.language;
    state.language = Session::spoken(options.language, options.language_given, remembered);
    session.restore(&mut state, &key);
    if let Some(problem) = state.keymap.problems.first() {
        let text = Keymap::explain(problem, state.language);
        state.tell(Tone::Bad, text);
    }

    // Before the size is asked for: no change of it must go unnoticed.
    let signals = read_signals()?;
    let guard = Guard::take(state.mouse)?;
    state.size = guard.size();
    let mut browser = Browser {
        guard,
        skins,
        state_dir: options.state_dir.clone(),
        editor: options.editor.clone(),
        reported: Instant::now(),
    };
    // The first frame comes before anything is opened.
    browser.draw(&state)?;
    let (answers, arrived) = unbounded();
    let corpus = Arc::new(options.corpus);
    let indexing = shelf::indexing(corpus.clone(), options.index_dir, state.language);
    let workers = Workers::start(corpus, indexing, &answers)?;
    let result = browser.turn(&mut state, &workers, &arrived, &signals);
    let mut session = Session::of(&state, &key);
    session.theme = (state.theme != theme).then(|| browser.skins[state.theme].name().to_owned());
    session.language = Session::kept(
        state.language,
        configured,
        options.language_given,
        remembered,
    );
    drop(browser);
    workers.stop();
    if let Some(dir) = &options.state_dir {
        // Not being able to remember is no misfortune.
        let _ = session.save(dir);
    }
    result
}

fn skins(options: &Options) -> Vec<Skin> {
    let mut themes = Theme::embedded();
    for theme in &options.themes {
        themes.retain(|t| t.name != theme.name);
        themes.push(theme.clone());
    }
    themes.into_iter().map(Skin::new).collect()
}

/// The theme of a name; `auto` asks `COLORFGBG`; under `NO_COLOR` the one without colours.
fn choose(skins: &[Skin], name: &str) -> usize {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let name = match name {
        _ if no_color => "mono",
        "auto" => {
            // "15;0": ink; paper. Papers 7 and 9 to 15 are light.
            let paper = std::env::var("COLORFGBG").ok();
            let paper = paper.and_then(|v| v.rsplit(';').next()?.parse::<u8>().ok());
            match paper {
                Some(7 | 9..=15) => "light",
                _ => "dark",
            }
        }
        name => name,
    };
    skins.iter().position(|s| s.name() == name).unwrap_or(0)
}

struct Browser {
    guard: Guard,
    skins: Vec<Skin>,
    state_dir: Option<PathBuf>,
    editor: String,
    reported: Instant,
}

impl Browser {
    fn draw(&mut self, state: &State) -> io::Result<()> {
        let skin = &self.skins[state.theme.min(self.skins.len() - 1)];
        self.guard.draw(state, skin)
    }

    fn turn(
        &mut self,
        state: &mut State,
        workers: &Workers,
        arrived: &Receiver<Arrived>,
        signals: &Receiver<Signal>,
    ) -> Result<(), TuiError> {
        let (input, go_on) = read_input()?;
        let mut jobs = update::start(state);
        let mut dirty = true;
        let mut drawn = Instant::now();
        loop {
            for job in jobs.drain(..) {
                if let Some(job) = workers.take(job)
                    && let Some(told) = self.effect(state, job)?
                {
                    update::update(state, Action::Arrived(told));
                }
                dirty = true;
            }
            if state.quit {
                return Ok(());
            }
            if dirty && drawn.elapsed() >= FRAME {
                self.draw(state)?;
                (dirty, drawn) = (false, Instant::now());
            }
            let wake = match dirty {
                true => after(FRAME.saturating_sub(drawn.elapsed())),
                false => never(),
            };
            select! {
                recv(input) -> event => match event {
                    Ok(event) => {
                        test_panic(&event);
                        if matches!(event, Event::Resize(..)) {
                            // What terminals leave on the screen then differs too much.
                            self.guard.redraw();
                        }
                        if let Some(action) = event::action(event) {
                            // An echo should not wait for the next beat.
                            dirty = true;
                            jobs = update::update(state, action);
                            let (own, rest): (Vec<_>, Vec<_>) =
                                jobs.drain(..).partition(|j| matches!(j, Job::Edit(..) | Job::Suspend));
                            jobs = rest;
                            for job in own {
                                // While the reader of input waits nobody takes the editor's keys.
                                self.effect(state, job)?;
                            }
                        }
                        let _ = go_on.send(());
                    }
                    // The terminal is gone.
                    Err(_) => return Ok(()),
                },
                recv(arrived) -> answer => if let Ok(answer) = answer {
                    jobs = update::update(state, Action::Arrived(answer));
                    for answer in arrived.try_iter() {
                        jobs.extend(update::update(state, Action::Arrived(answer)));
                    }
                    dirty = true;
                },
                recv(signals) -> signal => match signal {
                    Ok(Signal::Quit) | Err(_) => return Ok(()),
                    Ok(Signal::Stop) => { self.effect(state, Job::Suspend)?; dirty = true; }
                    Ok(Signal::Size) => {
                        // Even if it is the size it was: in between the screen has changed.
                        self.guard.redraw();
                        jobs = self.resized(state);
                        dirty = true;
                    }
                    Ok(Signal::Continue) => {
                        // Stopped and continued from outside, without our knowing before.
                        if self.reported.elapsed() > Duration::from_millis(300) {
                            self.guard.lend(|| ())?;
                        }
                        jobs = self.resized(state);
                        dirty = true;
                    }
                },
                recv(wake) -> _ => {}
            }
        }
    }

    fn resized(&self, state: &mut State) -> Vec<Job> {
        let (w, h) = self.guard.size();
        update::update(state, Action::Resize(w, h))
    }

    /// Does what only the main thread can; returns what to tell of it.
    fn effect(&mut self, state: &mut State, job: Job) -> Result<Option<Arrived>, TuiError> {
        let l = state.language;
        match job {
            Job::Copy(text) => {
                let tmux = std::env::var_os("TMUX").is_some();
                self.guard.send(&clipboard::sequence(&text, tmux))?;
            }
            Job::Edit(file, line) => {
                let chosen = self.editor.clone();
                let done = self.guard.lend(|| edit(&chosen, &file, line))?;
                update::update(state, Action::Do(Command::Redraw));
                if let Err(e) = done {
                    let why = e.to_string();
                    return Ok(Some(Arrived::Notice(
                        Tone::Bad,
                        l.fill("notice.no_editor", &[("why", &why)]),
                    )));
                }
                let jobs = self.resized(state);
                debug_assert!(jobs.len() < 4);
            }
            Job::Save { name, body } => return Ok(Some(self.save(state, &name, &body))),
            Job::Suspend => {
                self.guard.lend(suspend)?;
                self.reported = Instant::now();
                self.resized(state);
            }
            Job::Redraw => self.guard.redraw(),
            Job::Mouse(on) => self.guard.set_mouse(on)?,
            _ => {}
        }
        Ok(None)
    }

    /// Writes a file where the person is, or, where that cannot be, in the state directory.
    /// A file that is there already is never overwritten.
    fn save(&self, state: &State, name: &str, body: &str) -> Arrived {
        let l = state.language;
        let here = std::env::current_dir().ok();
        let dirs = here.iter().chain(self.state_dir.iter());
        let mut why = String::new();
        for dir in dirs {
            match write_new(dir, name, body) {
                Ok(path) => {
                    let path = path.display().to_string();
                    return Arrived::Notice(Tone::Good, l.fill("notice.saved", &[("path", &path)]));
                }
                Err(e) => why = format!("{}: {e}", dir.display()),
            }
        }
        Arrived::Notice(Tone::Bad, l.fill("notice.not_saved", &[("why", &why)]))
    }
}

fn write_new(dir: &Path, name: &str, body: &str) -> io::Result<PathBuf> {
    use std::io::Write;
    let name = name.replace(['/', '\\', ':', '\0'], "_");
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "md"));
    std::fs::create_dir_all(dir)?;
    for n in 1..1000 {
        let path = match n {
            1 => dir.join(&name),
            n => dir.join(format!("{stem}-{n}.{ending}")),
        };
        match std::fs::File::create_new(&path) {
            Ok(mut file) => return file.write_all(body.as_bytes()).map(|()| path),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Opens the editor at a line. Most know `+LINE`; the others are told in their own way.
fn edit(chosen: &str, file: &Path, line: usize) -> io::Result<()> {
    let named = ["VISUAL", "EDITOR"].iter();
    let mut editor =
        std::iter::once(chosen.to_owned()).chain(named.filter_map(|v| std::env::var(v).ok()));
    let editor = editor.find(|e| !e.trim().is_empty());
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Process::new(program);
    command.args(words);
    let name = Path::new(program).file_stem().and_then(|n| n.to_str());
    match name {
        Some("code" | "codium" | "cursor") => {
            command
                .arg("--goto")
                .arg(format!("{}:{line}", file.display()));
        }
        Some("hx" | "helix" | "subl" | "zed") => {
            command.arg(format!("{}:{line}", file.display()));
        }
        _ => {
            command.arg(format!("+{line}")).arg(file);
        }
    }
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("{program}: {status}")))
}

#[cfg(unix)]
fn suspend() {
    // Stops the whole process here until the shell continues it.
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

#[cfg(not(unix))]
fn suspend() {}

/// What a signal asks for.
#[cfg_attr(not(unix), allow(dead_code))]
enum Signal {
    Quit,
    Stop,
    Continue,
    Size,
}

#[cfg(unix)]
fn read_signals() -> io::Result<Receiver<Signal>> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    let (send, receive) = unbounded();
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                let what = match signal {
                    SIGTSTP => Signal::Stop,
                    SIGCONT => Signal::Continue,
                    SIGWINCH => Signal::Size,
                    _ => Signal::Quit,
                };
                if send.send(what).is_err() {
                    return;
                }
            }
        })?;
    Ok(receive)
}

#[cfg(not(unix))]
fn read_signals() -> io::Result<Receiver<Signal>> {
    Ok(never())
}

/// The thread that reads input: after each event it waits for leave to read on, so that it
/// never takes the keys of an editor.
fn read_input() -> io::Result<(Receiver<Event>, Sender<()>)> {
    let (send, receive) = bounded(1);
    let (go_on, wait) = bounded(1);
    thread::Builder::new().name("input".into()).spawn(move || {
        while let Ok(event) = ratatui::crossterm::event::read() {
            if send.send(event).is_err() || wait.recv().is_err() {
                return;
            }
        }
    })?;
    Ok((receive, go_on))
}

/// Lets a test see what a panic leaves of the terminal.
#[cfg(debug_assertions)]
fn test_panic(event: &Event) {
    use ratatui::crossterm::event::{KeyCode, KeyEvent};
    if let Event::Key(KeyEvent {
        code: KeyCode::F(12),
        ..
    }) = event
    {
        assert!(std::env::var_os("GONGKAI_TEST_PANIC").is_none(), "asked to");
    }
}

#[cfg(not(debug_assertions))]
fn test_panic(_: &Event) {}
