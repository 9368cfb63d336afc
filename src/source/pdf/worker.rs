//! PDF files are laid out in a child process: this program itself, called with a hidden
//! word. A thread would not do: memory asked for by a hostile file can end a process, and
//! nothing ends a thread. A child serves many files, so that its start costs little; one
//! that takes too long is killed, one that dies takes only its file with it.
//!
//! Where no program has been named (tests, other programs that use this library), files
//! are laid out on a thread of this process, bounded in time but not in memory.
//!
//! Both ways speak of bytes with their length in front (eight bytes, little-endian); the
//! answer is JSON.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Layout, MAX_TIME, Refusal, lay_out};
use crate::source::MAX_BYTES;

/// The hidden word that makes the program a worker.
pub const WORD: &str = "__lay-out-pdf";
/// Memory that a worker may ask for.
pub const MAX_MEMORY: u64 = 1 << 30;
/// Files that a worker serves before a fresh one takes over.
const FILES: usize = 500;
/// Answers longer than this are none.
const MAX_ANSWER: u64 = 256 << 20;
/// What a worker may take longer than its own limit before it is killed.
const GRACE: Duration = Duration::from_secs(5);

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
static IDLE: Mutex<Vec<Worker>> = Mutex::new(Vec::new());

type Answer = Result<Layout, Refusal>;

/// Names the program to be started as worker; it must call [`serve`] when its only
/// argument is [`WORD`].
pub fn isolate(program: PathBuf) {
    // A second call changes nothing: there is one program.
    let _ = PROGRAM.set(program);
}

/// Lays out a file, in a worker where there is one.
///
/// # Errors
/// [`Refusal`] when there is no text to be had.
pub fn layout(bytes: &[u8]) -> Answer {
    let Some(program) = PROGRAM.get() else {
        return on_a_thread(bytes);
    };
    let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let worker = match idle.map_or_else(|| Worker::start(program), Ok) {
        Ok(worker) => worker,
        // No process to be had: better read without than not at all.
        Err(_) => return on_a_thread(bytes),
    };
    match worker.ask(bytes) {
        Some((answer, worker)) => {
            if worker.served < FILES {
                IDLE.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(worker);
            }
            answer
        }
        None => Err(Refusal::Unbounded),
    }
}

fn on_a_thread(bytes: &[u8]) -> Answer {
    let bytes = bytes.to_vec();
    let (send, answer) = bounded(1);
    let started = std::thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(16 << 20)
        .spawn(move || {
            let work = || lay_out(bytes, MAX_TIME);
            let answer = std::panic::catch_unwind(work).unwrap_or(Err(Refusal::Damaged));
            // Nobody waits any more when it took too long.
            let _ = send.send(answer);
        });
    match started {
        Ok(_) => answer
            .recv_timeout(MAX_TIME + GRACE)
            .unwrap_or(Err(Refusal::Unbounded)),
        Err(_) => Err(Refusal::Unbounded),
    }
}

/// A running child.
struct Worker {
    child: Child,
    questions: Sender<Vec<u8>>,
    answers: Receiver<Option<Answer>>,
    served: usize,
}

impl Worker {
    fn start(program: &PathBuf) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(WORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (questions, asked) = bounded::<Vec<u8>>(1);
        let (answer, answers) = bounded(1);
        // The thread waits, so that the one who asks can stop waiting.
        std::thread::Builder::new()
            .name("pdf worker".to_owned())
            .spawn(move || {
                let (mut input, mut output) = (BufWriter::new(input), BufReader::new(output));
                for question in asked {
                    let said = put(&mut input, &question)
                        .and_then(|()| take(&mut output, MAX_ANSWER))
                        .ok()
                        .flatten()
                        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
                    let dead = said.is_none();
                    if answer.send(said).is_err() || dead {
                        return;
                    }
                }
            })?;
        Ok(Self {
            child,
            questions,
            answers,
            served: 0,
        })
    }

    /// The answer, and the worker if it lives.
    fn ask(mut self, bytes: &[u8]) -> Option<(Answer, Self)> {
        self.questions.send(bytes.to_vec()).ok()?;
        let answer = self.answers.recv_timeout(MAX_TIME + GRACE).ok()??;
        self.served += 1;
        Some((answer, self))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be dead already; waiting for it leaves no zombie behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The child's side: answers questions until there are no more.
pub fn serve() {
    limit();
    // What a panic would say is nobody's business; the answer says what matters.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut input, mut output) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()));
    while let Ok(Some(bytes)) = take(&mut input, MAX_BYTES) {
        let answer = on_a_thread(&bytes);
        let Ok(answer) = serde_json::to_vec(&answer) else {
            return;
        };
        if put(&mut output, &answer).is_err() {
            return;
        }
    }
}

/// Lets this process ask for no more memory than a file may take.
#[cfg(target_os = "linux")]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |n| Rlimit {
        current: Some(n),
        maximum: Some(n),
    };
    // Where it cannot be set, the time still is bounded.
    let _ = setrlimit(Resource::As, at_most(MAX_MEMORY));
    // One that dies of it leaves nothing behind.
    let _ = setrlimit(Resource::Core, at_most(0));
}

#[cfg(not(target_os = "linux"))]
fn limit() {}

fn put(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Bytes with their length in front; none at the end.
fn take(from: &mut impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u64::from_le_bytes(length);
    if length > limit {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 == length).then_some(bytes))
}
