//! The command line: arguments → [`args`], one thin file per command → exit status.
//!
//! Results go to standard output, everything else to standard error. A command returns an
//! [`Outcome`]; an error that is [`Usage`] ends with status 2, a closed pipe quietly with
//! 0, every other error with 3.

mod args;
mod asked;
mod audit;
mod browse;
mod compare;
mod context;
mod doctor;
mod export;
mod files;
mod index;
mod indicators;
mod library;
mod pick;
mod progress;
mod rank;
mod search;
mod show;
mod trend;
mod unmapped;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use context::Context;

use crate::source::pdf::worker;

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// Done, and the answer is "no".
    No,
}

/// The caller asked for something that cannot be asked for.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Runs the program and returns its exit status.
pub fn main() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == worker::WORD)
    {
        worker::serve();
        return ExitCode::SUCCESS;
    }
    if let Ok(program) = std::env::current_exe() {
        worker::isolate(program);
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refuse(&error),
    };
    let context = Context::new(&args.common);
    let outcome = context.and_then(|context| run(args, &context));
    // What the last buffer holds may meet a closed pipe too.
    let outcome = outcome.and_then(|o| Ok(io::stdout().flush().map(|()| o)?));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed too; there is no one left to tell then.
            let _ = writeln!(io::stderr(), "gongkai: {error:#}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 3 })
        }
    }
}

fn run(args: Args, context: &Context) -> anyhow::Result<Outcome> {
    match args.command {
        None => match asked::mistaken(&args.corpus, context) {
            Some(usage) => Err(usage.into()),
            None => browse::run(&args.corpus, context),
        },
        Some(Command::Index(args)) => index::run(&args, context),
        Some(Command::Search(args)) => search::run(&args, context),
        Some(Command::Doctor(args)) => doctor::run(&args, context),
        Some(Command::Show(args)) => show::run(&args, context),
        Some(Command::Compare(args)) => compare::run(&args, context),
        Some(Command::Trend(args)) => trend::run(&args, context),
        Some(Command::Rank(args)) => rank::run(&args, context),
        Some(Command::Audit(args)) => audit::run(&args, context),
        Some(Command::Export(args)) => export::run(&args, context),
        Some(Command::Indicators(args)) => indicators::run(&args, context),
        Some(Command::Schema) => indicators::schema(),
        Some(Command::Completions(args)) => indicators::completions(&args),
        Some(Command::Man) => indicators::man(),
    }
}

/// Help and version are no errors; clap prints them to standard output.
fn refuse(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>();
        io.or_else(|| json.and_then(serde_json::Error::io_error_kind))
            == Some(io::ErrorKind::BrokenPipe)
    })
}
