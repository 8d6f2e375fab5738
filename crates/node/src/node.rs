use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use federation::{FederationId, Time};
use record::{Accepted, Host, Submission};

use crate::{Clock, Failed, Hosted, Keys};

/// A node: its data directory, the federations it hosts, the keys it keeps, its clock.
#[derive(Debug)]
pub struct Node {
    directory: PathBuf,
    keys: Keys,
    clock: Arc<Clock>,
    hosted: RwLock<BTreeMap<FederationId, Arc<Hosted>>>,
    broken: Vec<Broken>,
    kind: Kind,
}

/// Whether a node is there to be tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Real,
    Demo,
}

/// A record that is not served, because what is on disk does not hold.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Its database.
    pub path: PathBuf,
    /// What is wrong, and what to do.
    pub says: String,
}

impl Node {
    /// Opens a data directory, or makes one. A record that does not hold is left out and named in
    /// [`Node::broken`]; the others are served.
    pub fn open(directory: &Path) -> Result<Self, Failed> {
        Self::open_as(directory, Kind::Real)
    }

    /// Opens a data directory in which anybody may act as anybody, and let time pass.
    pub fn open_demo(directory: &Path) -> Result<Self, Failed> {
        Self::open_as(directory, Kind::Demo)
    }

    fn open_as(directory: &Path, kind: Kind) -> Result<Self, Failed> {
        fs::create_dir_all(federations(directory))?;
        let keys = Keys::open(&directory.join("keys.sqlite"))?;
        let mut node = Self {
            directory: directory.to_owned(),
            keys,
            clock: Arc::new(Clock::default()),
            hosted: RwLock::default(),
            broken: Vec::new(),
            kind,
        };
        let host_key = node.keys.host_key()?;
        for file in fs::read_dir(federations(directory))? {
            let path = file?.path();
            if path.extension().is_none_or(|extension| extension != "sqlite") {
                continue;
            }
            match Host::open(&path, host_key.clone()) {
                Ok(host) => {
                    node.host(host)?;
                }
                Err(fault) => node.broken.push(Broken { path, says: fault.to_string() }),
            }
        }
        Ok(node)
    }

    /// Where its files lie.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The keys it keeps.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Its clock.
    pub fn clock(&self) -> &Arc<Clock> {
        &self.clock
    }

    /// Whether it is there to be tried out: anybody may act as anybody, and let time pass.
    pub fn is_demo(&self) -> bool {
        self.kind == Kind::Demo
    }

    /// The records that are not served.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// The federations it hosts, by id.
    pub fn federations(&self) -> Vec<Arc<Hosted>> {
        self.hosted.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The federation whose id begins with these digits, 8 at least.
    pub fn find(&self, beginning: &str) -> Result<Arc<Hosted>, Failed> {
        let missing = || {
            Failed::missing(format!(
                "this node hosts no federation `{beginning}`; look at the list of those it hosts"
            ))
        };
        if beginning.len() < 8 {
            return Err(missing());
        }
        let hosted = self.hosted.read().unwrap_or_else(PoisonError::into_inner);
        let mut fitting = hosted.iter().filter(|(id, _)| id.to_string().starts_with(beginning));
        match (fitting.next(), fitting.next()) {
            (Some((_, found)), None) => Ok(found.clone()),
            _ => Err(missing()),
        }
    }

    /// Begins a record with its founding act.
    pub(crate) fn begin(
        &self,
        federation: FederationId,
        founding: Submission,
    ) -> Result<(Arc<Hosted>, Accepted), Failed> {
        let path = federations(&self.directory).join(format!("{federation}.sqlite"));
        let (host, accepted) =
            Host::found(&path, self.keys.host_key()?, self.clock.now(), founding)?;
        Ok((self.host(host)?, accepted))
    }

    /// Begins a record with statements that were signed elsewhere, the founding act first. A
    /// refusal of any of them is a fault: they were judged before.
    pub(crate) fn begin_with(
        &self,
        federation: FederationId,
        now: Time,
        mut submissions: Vec<Submission>,
    ) -> Result<Arc<Hosted>, Failed> {
        let rest = submissions.split_off(submissions.len().min(1));
        let founding = submissions.pop();
        let founding = founding.ok_or_else(|| Failed::fault("a record begins with an act"))?;
        let path = federations(&self.directory).join(format!("{federation}.sqlite"));
        let (mut host, _) = Host::found(&path, self.keys.host_key()?, now, founding)?;
        for accepted in host.submit(now, rest)? {
            accepted.map_err(Failed::fault)?;
        }
        self.host(host)
    }

    fn host(&self, host: Host) -> Result<Arc<Hosted>, Failed> {
        let hosted = Arc::new(Hosted::start(host, self.clock.clone())?);
        let mut all = self.hosted.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(hosted.id(), hosted.clone());
        Ok(hosted)
    }
}

/// Where the records lie in a data directory.
fn federations(directory: &Path) -> PathBuf {
    directory.join("federations")
}
