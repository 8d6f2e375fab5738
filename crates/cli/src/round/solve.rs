use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::Fault;
use super::certificate::Certificate;
use super::course;
use super::explain;
use super::input::Input;
use super::progress::Progress;
use super::summary::Summary;
use super::written::Written;

/// `artel round solve`
#[derive(Args)]
pub(crate) struct Solve {
    #[command(flatten)]
    input: Input,

    /// Write the deliveries (or what is cleared of each obligation) here, as CSV
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,

    /// Write the proof here, as JSON
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,

    /// Say in words what a unit gives, what it gets, and who begins
    #[arg(long, value_name = "UNIT")]
    explain: Option<String>,

    /// Print numbers as JSON
    #[arg(long)]
    json: bool,
}

impl Solve {
    pub(crate) fn run(&self) -> Result<(), Fault> {
        self.keep_files_apart()?;
        let problem = self.input.read()?;
        let asked =
            self.explain.as_deref().map(|name| explain::find(&problem, name)).transpose()?;
        let round = problem.round();
        let (plan, stages) = course::solve(round, problem.specifications())
            .map_err(|why| Fault::Round(why.to_string()))?;
        let begun = Instant::now();
        let wrong = |flaw| Fault::Round(format!("fault of the solver: {}", problem.in_words(flaw)));
        let checked = Progress::while_running("checking", |_| circuits::check(round, &plan))
            .map_err(wrong)?;
        let times = (stages.as_slice(), begun.elapsed());
        let mut summary = Summary::new(&problem, &plan, &checked, times).map_err(wrong)?;
        summary.explanation = asked.map(|unit| explain::sentences(&problem, &plan, unit));
        summary.answer = asked.map(|unit| explain::data(&problem, &plan, unit));
        let mut files = Vec::new();
        if let Some(path) = &self.plan {
            files.push(Written::write(path, |to| problem.write_plan(&plan, to))?);
        }
        if let Some(path) = &self.certificate {
            let certificate = Certificate::new(plan, self.input.seed());
            files.push(Written::write(path, |to| certificate.write(to))?);
        }
        files.into_iter().try_for_each(Written::keep)?;
        self.print(&summary).map_err(|cause| Fault::writing("standard output".as_ref(), cause))
    }

    /// Refused if a file would be written over one that is read, or both over each other.
    fn keep_files_apart(&self) -> Result<(), Fault> {
        let written = || self.plan.iter().chain(&self.certificate).map(PathBuf::as_path);
        let same = |one: &Path, other: &Path| {
            one == other
                || matches!((one.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b && a.is_file())
        };
        let taken = |path: &&Path| self.input.paths().any(|read| same(read, path));
        if let Some(path) = written().find(taken) {
            return Err(Fault::in_file(path, "this file is read; expected another to write"));
        }
        match (&self.plan, &self.certificate) {
            (Some(plan), Some(certificate)) if same(plan, certificate) => {
                Err(Fault::in_file(plan, "the plan and the certificate need a file each"))
            }
            _ => Ok(()),
        }
    }

    fn print(&self, summary: &Summary) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, summary)?;
            writeln!(out)?;
        } else {
            summary.write(&mut out)?;
        }
        out.flush()
    }
}
