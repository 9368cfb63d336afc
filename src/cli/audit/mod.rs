//! `gongkai audit`: what does not hold in a corpus, a summary by rule and then report by
//! report, the worst first; and what a person says of a finding.

use std::io::{self, BufWriter, Write};

mod decide;
mod filter;

use decide::{decide, decision};
use filter::{is_named, is_rule, lies_in, unknown_rule};

use super::args::{Audit, TableFormat};
use super::context::Context;
use super::files::Files;
use super::progress::Line;
use super::{Outcome, asked, words};
use crate::audit::corpus::{self, Facts, Plain};
use crate::audit::{Finding, Rule, Status, rules};
use crate::corpus::{Entry, Reviews};
use crate::export::findings::{self, Listed, ReportFindings, by_rule};
use crate::export::table::pick;
use crate::figure::Figure;
use crate::reading::Reading;
use crate::report::{Kind, Region, Report};
use crate::text::clean::clean_line;

/// Cells whose words are printed at most for one finding: sums of form D have 22.
const MOST_CELLS: usize = 6;

/// Sentences' figures whose words are printed at most: longer lists than this are rare.
const MOST_WORDS: usize = 40;

/// The rule that needs the texts of all reports.
const TAKEN_OVER: &str = "R-L3";

/// One report's checks, before those that need other reports.
struct Checked {
    entry: Entry,
    report: ReportFindings,
    region: Option<Region>,
    checks: usize,
    kind: Kind,
}

/// Runs it.
pub fn run(args: &Audit, context: &Context) -> anyhow::Result<Outcome> {
    let mut files = Files::of(context.corpus(&args.corpus)?);
    let reviews = files.corpus.reviews();
    let years = args.year.as_deref();
    let years = years.map(|y| asked::years(y, context)).transpose()?;
    if let Some(rule) = args.rule.as_deref().and_then(unknown_rule) {
        return Err(asked::usage(context, "cli.asked.rule", rule).into());
    }
    let mut checked = read_all(&mut files, &reviews, args, context)?;
    context.failures(&files.failures);
    context.sidecar(&files.corpus, &reviews);
    files.some_read()?;
    let region = args.region.as_deref();
    let has = |r: &&str| checked.iter().any(|c| lies_in(c.region.as_ref(), r));
    if let Some(region) = region.filter(|r| !has(r)) {
        return Err(asked::usage(context, "cli.asked.region", region).into());
    }
    if let Some((fingerprint, verdict)) = decision(args) {
        return decide(args, context, &files, &checked, fingerprint, verdict);
    }
    if args.rule.is_none() {
        decide::tell_of_idle(&reviews, &checked, context);
    }
    decide::tell_apart(&mut checked);
    let wanted = |c: &Checked| {
        let year = c.report.year;
        let in_years = years.is_none_or(|(from, to)| year.is_some_and(|y| from <= y && y <= to));
        in_years && region.is_none_or(|r| lies_in(c.region.as_ref(), r))
    };
    checked.retain(wanted);
    // Other documents are looked through too, but are no reports.
    let count = checked.iter().filter(|c| c.kind == Kind::Report).count();
    let checks = checked.iter().map(|c| c.checks).sum();
    let mut reports: Vec<ReportFindings> = checked.into_iter().map(|c| c.report).collect();
    let listed = reports.iter().flat_map(|r| &r.listed);
    let dismissed = listed.filter(|l| l.is_dismissed()).count();
    for report in &mut reports {
        let named = |l: &Listed| is_named(&l.finding, args.rule.as_deref()) && !l.is_dismissed();
        report
            .listed
            .retain(|l| args.all || l.is_open() || named(l));
    }
    reports.retain(|r| !r.listed.is_empty());
    reports.sort_by_cached_key(|r| (std::cmp::Reverse(r.counts()), r.path.clone()));
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        TableFormat::Text => text(&reports, context, &mut out)?,
        TableFormat::Json => findings::json(&reports, &mut out)?,
        TableFormat::Csv => findings::csv(&reports, context.language, &mut out)?,
        TableFormat::Md => findings::markdown(&reports, context.language, &mut out)?,
    }
    out.flush()?;
    let (fails, warns) = reports
        .iter()
        .map(ReportFindings::counts)
        .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let counts = [count, checks, fails, warns].map(|n: usize| n.to_string());
    let names = ["reports", "checks", "fails", "warns"];
    let values: Vec<_> = names
        .into_iter()
        .zip(counts.iter().map(String::as_str))
        .collect();
    context.note(&context.fill("cli.audit.summary", &values));
    if dismissed > 0 {
        let count = dismissed.to_string();
        context.note(&context.fill("cli.audit.dismissed", &[("count", &count)]));
    }
    Ok(match count == 0 || args.strict && fails > 0 {
        true => Outcome::No,
        false => Outcome::Done,
    })
}

/// Every report's findings, those that need other reports too.
fn read_all(
    files: &mut Files,
    reviews: &Reviews,
    args: &Audit,
    context: &Context,
) -> anyhow::Result<Vec<Checked>> {
    let rule = args.rule.as_deref();
    let is_asked = |id: &str| rule.is_none_or(|r| is_rule(id, r));
    let tells_all = args.all || decision(args).is_some();
    // What holds is told of only when it is asked for, and need not be kept.
    let kept = |f: &Finding| {
        let said = || reviews.of(&f.fingerprint, &f.values()).is_some();
        let open = f.is_open() || is_named(f, rule) || said();
        is_asked(f.rule) && (tells_all || open)
    };
    let listed = |finding: &Finding, quotes: Vec<String>| Listed {
        review: reviews.of(&finding.fingerprint, &finding.values()).cloned(),
        finding: finding.clone(),
        quotes,
    };
    let words_of = |entry: &Entry, report: &Report, figures: &[Figure]| {
        let checked = Checked {
            report: ReportFindings {
                path: entry.path.clone(),
                id: entry.id.clone(),
                title: report.title.clone(),
                body: words::body(report),
                year: report.year.map(|y| y.value),
                listed: Vec::new(),
            },
            region: report.region.clone(),
            checks: 0,
            kind: report.kind,
            entry: entry.clone(),
        };
        (checked, Facts::new(report, &entry.path, figures))
    };
    let make = |entry: &Entry, reading: Reading| {
        let (mut checked, facts) = words_of(entry, &reading.report, &reading.figures);
        let findings = &reading.findings;
        checked.checks = findings.iter().filter(|f| is_asked(f.rule)).count();
        let kept = findings.iter().filter(|f| kept(f));
        checked.report.listed = kept.map(|f| listed(f, quotes(&reading, f))).collect();
        (checked, facts)
    };
    let (mut checked, mut facts) = (Vec::new(), Vec::new());
    let take = |(one, fact)| {
        checked.push(one);
        facts.push(fact);
        Ok(())
    };
    let line = Line::new(context, "cli.progress.read");
    let watch = |done, total| line.tell(done, total);
    if is_of_words_only(rule) {
        let make = |entry: &Entry, report: Report| words_of(entry, &report, &[]);
        files.for_each_report(make, take, &watch)?;
    } else if !tells_all && rule.is_none() {
        files.for_each_open(make, take, &watch)?;
    } else {
        files.for_each(make, take, &watch)?;
    }
    drop(line);
    let mut found = corpus::check(&facts);
    for (at, _) in found.iter().filter(|(_, f)| is_asked(f.rule)) {
        checked[*at].checks += 1;
    }
    // Holding whole texts against each other costs as much again: only when asked.
    if is_asked(TAKEN_OVER) {
        let line = Line::new(context, "cli.progress.held");
        let text = |at: usize| Some(Plain::of(&files.report(&checked[at].entry).ok()?));
        found.extend(corpus::taken_over(&facts, &text, &|d, t| line.tell(d, t)));
        for (one, facts) in checked.iter_mut().zip(&facts) {
            one.checks += usize::from(facts.is_held());
        }
    }
    for (at, finding) in found.iter().filter(|(_, f)| kept(f)) {
        checked[*at].report.listed.push(listed(finding, Vec::new()));
    }
    Ok(checked)
}

/// Whether no figure is needed to answer.
fn is_of_words_only(asked: Option<&str>) -> bool {
    let is_asked = |r: &&Rule| asked.is_none_or(|asked| is_rule(&r.id, asked));
    rules().iter().filter(is_asked).all(|r| r.id == TAKEN_OVER)
}

/// The words of the figures that a finding speaks of: the whole of a list in a sentence and
/// each of its parts, but of cells only the first few.
fn quotes(reading: &Reading, found: &Finding) -> Vec<String> {
    let of = |id: &String| reading.figures.iter().find(|f| f.id == *id);
    let figures = found.figures.iter().filter_map(of);
    let (cells, words): (Vec<&Figure>, Vec<&Figure>) = figures.partition(|f| f.cell.is_some());
    // A cell's words are a number: the message says more.
    let cells = cells.into_iter().take(MOST_CELLS);
    let cells = cells.filter(|f| reading.quote(f).chars().count() > 8);
    let words = words.into_iter().take(MOST_WORDS);
    let both = words.chain(cells);
    both.map(|f| reading.quote(f).to_owned()).collect()
}

fn text(reports: &[ReportFindings], context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let rules = by_rule(reports);
    for count in &rules {
        let asks = pick(&count.rule.asks, context.language);
        let (fails, warns) = (count.fails, count.warns);
        writeln!(
            out,
            "{:<6} {fails:>5} ✗ {warns:>5} !  {asks}",
            count.rule.id
        )?;
    }
    for report in reports {
        let head = format!("{}  {}", report.body, report.path);
        writeln!(out, "\n{}", context.bold(&clean_line(&head)))?;
        for listed in &report.listed {
            write_finding(out, listed, context)?;
        }
    }
    Ok(())
}

fn write_finding(out: &mut dyn Write, listed: &Listed, context: &Context) -> io::Result<()> {
    let found = &listed.finding;
    let mark = match found.status {
        Status::Fail => context.red("✗"),
        Status::Warn => context.red("!"),
        Status::NotAssessable => "?".to_owned(),
        _ => "✓".to_owned(),
    };
    let say = |words: &str| clean_line(words).into_owned();
    let message = say(pick(&found.message, context.language));
    let print = context.dim(&found.fingerprint);
    writeln!(out, "  {mark} {}  {message}  {print}", found.rule)?;
    if let Some(hint) = &found.hint {
        writeln!(out, "      {}", say(pick(hint, context.language)))?;
    }
    for quote in &listed.quotes {
        writeln!(out, "      {}", context.dim(&format!("“{}”", say(quote))))?;
    }
    if let Some(shared) = &found.shared {
        let (here, there) = (&shared.range, &shared.with.range);
        let both = format!(
            "{}–{} = {} {}–{}",
            here.start, here.end, shared.with.path, there.start, there.end
        );
        writeln!(out, "      {}", context.dim(&say(&both)))?;
    }
    if let Some(said) = findings::said(listed.review.as_ref()) {
        writeln!(out, "      {}", context.dim(&say(&said)))?;
    }
    Ok(())
}
