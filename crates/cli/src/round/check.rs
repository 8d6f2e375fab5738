use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Fault;
use super::certificate::Certificate;
use super::course::Stage;
use super::input::Input;
use super::plan_file;
use super::progress::Progress;

/// `artel round check`
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    input: Input,

    /// The deliveries, as `artel round solve` wrote them
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,

    /// The proof, as `artel round solve` wrote it
    #[arg(long, value_name = "FILE")]
    certificate: PathBuf,

    /// Print numbers as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(&self) -> Result<(), Fault> {
        let problem = self.input.read()?;
        let plan = Certificate::read(&self.certificate, self.input.seed())?;
        let checked =
            Progress::while_running("checking", |_| circuits::check(problem.round(), &plan))
                .map_err(|flaw| Fault::Wrong(problem.in_words(flaw)))?;
        plan_file::check(&problem, &plan, &self.plan)?;
        let (seconds, stages) = (checked.matched_seconds, checked.stages);
        let all = problem.specifications();
        let mut out = io::stdout().lock();
        let said = if self.json {
            let found = serde_json::json!({
                "certificate": "valid",
                "matched_seconds": i64::try_from(seconds).unwrap_or(i64::MAX),
                "stages": stages.iter().map(|one| Stage::new(one, None, all)).collect::<Vec<_>>(),
            });
            writeln!(out, "{found:#}")
        } else {
            writeln!(
                out,
                "valid: the plan keeps within every offer, need and room, meets {seconds} seconds, \
                 is the best in each of {} stages, and the only one",
                stages.len()
            )
        };
        said.map_err(|cause| Fault::writing("standard output".as_ref(), cause))
    }
}
