//! A state of a small federation, and how it came about.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use federation::{Act, Entry, Federation, Root, Statement, StatementId, Time};
use testkit::{Member, Scene, Twist, digest};

use crate::free::Broken;
use crate::print::print;

/// What happens next.
#[derive(Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all that happens are acts")]
pub(crate) enum Doing {
    /// Somebody acts.
    Act(Member, Act),
    /// Days pass, and whoever has weight says so.
    DaysPass(u16),
}

impl fmt::Debug for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Act(by, act) => write!(f, "{}: {act:?}", by.person),
            Self::DaysPass(days) => write!(f, "{days} days pass"),
        }
    }
}

/// A state, as the one before it, written as bytes, and what happened since. Thousands wait to be
/// looked at, so none is unfolded before its turn.
#[derive(Clone)]
pub(crate) struct Moment {
    before: Arc<Written>,
    doing: Option<Doing>,
    /// How many acts led there, at least.
    deep: usize,
    print: u64,
    /// Apart, as most of those that wait have none.
    unfolded: OnceLock<Box<Unfolded>>,
    verdict: OnceLock<Option<Broken>>,
}

struct Written {
    bytes: Vec<u8>,
    now: Time,
}

#[derive(Clone)]
struct Unfolded {
    scene: Scene,
    written: Arc<Written>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print
    }
}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.print);
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state {:x} after {:?}", self.print, self.doing)
    }
}

impl Moment {
    /// Where a model begins.
    pub(crate) fn first(scene: &Scene) -> Self {
        let print = print_of(&scene.federation, scene.now);
        let before = Arc::new(Written { bytes: scene.federation.to_bytes(), now: scene.now });
        Self {
            before,
            doing: None,
            deep: 0,
            print,
            unfolded: OnceLock::new(),
            verdict: OnceLock::new(),
        }
    }

    /// How many acts led there, at least.
    pub(crate) const fn deep(&self) -> usize {
        self.deep
    }

    /// The federation, the date, and nothing of the record that led there.
    pub(crate) fn scene(&self, also_refuses: Option<Twist>) -> &Scene {
        &self.unfolded(also_refuses).scene
    }

    fn unfolded(&self, also_refuses: Option<Twist>) -> &Unfolded {
        self.unfolded.get_or_init(|| {
            let federation = Federation::from_bytes(&self.before.bytes);
            let federation = federation.expect("the bytes of a state make it again");
            // What is tried gets ids that nothing has yet.
            let made = 1 << 40;
            let (now, entries) = (self.before.now, Vec::new());
            let mut scene = Scene { federation, entries, now, made, also_refuses };
            if let Some(doing) = &self.doing {
                let done = happens(&mut scene, doing);
                assert!(done, "what happened once happens again: {doing:?}");
            }
            let bytes = scene.federation.to_bytes();
            Box::new(Unfolded { written: Arc::new(Written { bytes, now: scene.now }), scene })
        })
    }

    /// What holds in it, worked out once.
    pub(crate) fn verdict(
        &self,
        find: impl FnOnce(&Scene, &[u8]) -> Option<Broken>,
        also_refuses: Option<Twist>,
    ) -> Option<Broken> {
        *self.verdict.get_or_init(|| {
            let unfolded = self.unfolded(also_refuses);
            find(&unfolded.scene, &unfolded.written.bytes)
        })
    }

    /// The state after something happens; none if a rule says no, or it lies beyond the model.
    pub(crate) fn after(
        &self,
        doing: Doing,
        also_refuses: Option<Twist>,
        within: impl FnOnce(&Federation) -> bool,
    ) -> Option<Self> {
        let unfolded = self.unfolded(also_refuses);
        let mut scene = unfolded.scene.clone();
        if !happens(&mut scene, &doing) || !within(&scene.federation) {
            return None;
        }
        Some(Self {
            before: Arc::clone(&unfolded.written),
            doing: Some(doing),
            deep: self.deep + 1,
            print: print_of(&scene.federation, scene.now),
            unfolded: OnceLock::new(),
            verdict: OnceLock::new(),
        })
    }
}

fn print_of(federation: &Federation, now: Time) -> u64 {
    print(&(federation, now.seconds()))
}

/// Whether it happens, or a rule says no.
fn happens(scene: &mut Scene, doing: &Doing) -> bool {
    match doing {
        Doing::Act(by, act) => {
            let entry = entry(scene, *by, act.clone());
            let done = scene.apply(entry).is_ok();
            scene.entries.clear();
            done
        }
        Doing::DaysPass(days) => {
            scene.now = scene.now.plus_days(federation::Days(*days));
            let units: Vec<_> = scene.federation.units().map(|(id, _)| id).collect();
            for unit in units {
                if let Some(signer) = scene.signers(unit).first() {
                    let entry = entry(scene, *signer, Act::AttestTime {});
                    // A unit that has left says nothing any more.
                    drop(scene.apply(entry));
                }
            }
            scene.entries.clear();
            true
        }
    }
}

/// An entry whose id says only what was done and how many such things there were: so it does not
/// matter what else was done before.
fn entry(scene: &Scene, by: Member, act: Act) -> Entry {
    let federation = &scene.federation;
    let highest = federation.key(by.key).and_then(|row| row.serials.highest());
    let made = print(&(by.person, &act, things_like(federation, &act)));
    let plan = match &act {
        Act::Plan(plan) => {
            let round = federation.find_round(plan.round).ok();
            let problem = round.and_then(|round| federation.problem(round).ok());
            problem.and_then(|problem| circuits::solve(&problem).ok())
        }
        _ => None,
    };
    let statement = Statement {
        form: 1,
        federation: Scene::federation_id(),
        person: by.person,
        key: by.key,
        serial: highest.map_or(1, |highest| highest + 1),
        seen: None,
        time: scene.now,
        act,
    };
    Entry {
        id: StatementId(digest(b'm', made)),
        sequence: federation.size(),
        time: scene.now.max(federation.time()),
        root_before: Some(Root(digest(b'r', 0))),
        plan,
        statement,
    }
}

/// How many things of the kind there are that an act makes.
fn things_like(federation: &Federation, act: &Act) -> u64 {
    let count = match act {
        Act::Propose(_) => federation.proposals().len(),
        Act::FormCircle(_) => federation.circles().len(),
        Act::Post(_) => federation.posts().len(),
        Act::Offer(_) | Act::Need(_) => federation.wishes().len(),
        Act::OpenRound {} => federation.rounds().len(),
        Act::ProposeContract(_) | Act::Plan(_) | Act::CloseRound(_) => federation.contracts().len(),
        Act::Deliver(_) => federation.deliveries().len(),
        Act::Contribute(_) => federation.contributions().len(),
        Act::Claim(_) => federation.claims().len(),
        Act::Dispute(_) => federation.conflicts().len(),
        Act::ReportUse(_) => federation.uses().len(),
        Act::SignPact(_) => federation.units().len(),
        Act::AdmitMember(_) => federation.persons().len(),
        _ => 0,
    };
    u64::try_from(count).unwrap_or(u64::MAX)
}
