use std::io::{self, Write};
use std::path::Path;

use circuits::{Plan, Proof};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::conditions::Seed;

/// The proof of a plan, as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificate {
    /// The version of this form.
    #[serde(rename = "artel_certificate")]
    version: u32,
    /// What the tie-break drew from.
    seed: String,
    /// Seconds along each offer, need and obligation, in canonical order.
    flows: Vec<i64>,
    /// What proves each stage.
    stages: Vec<Stage>,
}

/// The proof of one stage.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stage {
    /// The level of a floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<i64>,
    /// One for each node, in canonical order.
    potentials: Vec<i64>,
}

const VERSION: u32 = 2;

impl Certificate {
    pub(crate) fn new(plan: Plan, seed: Seed) -> Self {
        let Plan { flows, stages } = plan;
        let stages =
            stages.into_iter().map(|Proof { level, potentials }| Stage { level, potentials });
        Self { version: VERSION, seed: seed.to_string(), flows, stages: stages.collect() }
    }

    pub(crate) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *to, self)?;
        writeln!(to)
    }

    /// Reads the plan out of a certificate for the same seed. A file that is no certificate is a
    /// wrong plan; one that is not there is wrong use.
    pub(crate) fn read(path: &Path, seed: Seed) -> Result<Plan, Fault> {
        let bytes = std::fs::read(path).map_err(|cause| Fault::reading(path, cause))?;
        let wrong = |what: String| Fault::Wrong(format!("{}: {what}", path.display()));
        let read: Self = serde_json::from_slice(&bytes).map_err(|why| wrong(why.to_string()))?;
        if read.version != VERSION {
            let found = read.version;
            return Err(wrong(format!("`{found}` is no known version; expected {VERSION}")));
        }
        if read.seed != seed.to_string() {
            return Err(wrong(format!("its seed is `{}`; expected `{seed}` (--seed)", read.seed)));
        }
        let stages = read.stages.into_iter();
        let stages = stages.map(|Stage { level, potentials }| Proof { level, potentials });
        Ok(Plan { flows: read.flows, stages: stages.collect() })
    }
}
