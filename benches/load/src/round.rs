//! A round of 100,000 offers and needs in a running node: how long its outlook takes while it is open,
//! how long its plan, how long a unit's answer, and how long readers of pages wait meanwhile.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use federation::act::{CloseRound, Consent, StandsFor, WishAct};
use federation::rows::{Pass, Round, Version};
use federation::{Act, Id, Ref, Time};
use measure::{Quantity, Value};
use node::{Hosted, Node};
use record::{Host, SigningKey, Submission};

use crate::figures::{percentile, row, timed};
use crate::outlook;
use crate::pages;
use crate::village::{FOUNDERS, Said, Village};

const NEWCOMERS: usize = 800;
const VERSIONS: usize = 400;
const WISHES: usize = 100_000;

/// How long pages are read before anything is worked out.
const BEFORE: Duration = Duration::from_secs(5);

/// How many units' answers are timed.
const ANSWERS: u32 = 5;

pub(crate) fn measure(folder: &Path) -> Result<(), Box<dyn Error>> {
    let (mut village, round, versions) = prepare(folder)?;
    let node = Arc::new(Node::open(folder)?);
    let hosted = node.federations().into_iter().next().ok_or("no federation is hosted")?;
    let served = serve(node)?;
    let at = |path: &str| format!("/f/{}{path}", hosted.short_id());
    let paths = ["", "/offers", "/rounds", "/rounds/1", "/directory", "/record"].map(at);
    outlook::first(&hosted)?;
    // Nobody counts the first look at each page.
    pages::latencies(&served, &paths, enough_after(Duration::from_secs(1)))?;
    let before = pages::latencies(&served, &paths, enough_after(BEFORE))?;
    let beside = format!("before {}", percentile(&before, 95));
    let mut more = More { chance: Chance(43), versions };
    outlook::measure(&hosted, (&served, &paths), &beside, || more.need(&mut village))?;
    close(&mut village, &hosted, round)?;
    let plan = while_read((&served, &paths), ("plan worked out", &beside), || {
        hosted.work_out(Id::new(1)).map_err(|why| why.to_string())
    })?;
    let annex = plan.annex.clone();
    village.say(0, plan.act);
    let said = village.said.pop().ok_or("nothing was said")?;
    let submission = Submission { annex, ..said.signed.into() };
    while_read((&served, &paths), ("plan checked and recorded", &beside), || {
        hosted.submit_and_wait(submission.clone()).map_err(|why| why.to_string())
    })?;
    // The round's page now has a plan.
    let after = pages::latencies(&served, &paths, enough_after(BEFORE))?;
    let what = "a round of 100 000 offers and needs: page afterwards, p95 at 200 a second";
    row(what, &percentile(&after, 95), &beside);
    answers(&hosted)
}

/// Does something while pages are read; tells how long it took and how long readers waited.
pub(crate) fn while_read<R: Send>(
    (address, paths): (&str, &[String]),
    (what, beside): (&str, &str),
    work: impl FnOnce() -> Result<R, String> + Send,
) -> Result<R, Box<dyn Error>> {
    let done = AtomicBool::new(false);
    let (worked, latencies) = thread::scope(|scope| {
        let working = scope.spawn(|| {
            let worked = timed(work);
            done.store(true, Ordering::Release);
            worked
        });
        let read = pages::latencies(address, paths, || done.load(Ordering::Acquire));
        let latencies = read.map_err(|why| why.to_string());
        (working.join(), latencies)
    });
    let ((result, took), latencies) = (worked.map_err(|_| "the work stopped")?, latencies?);
    let round = "a round of 100 000 offers and needs";
    let seconds = format!("{}.{:02}", took.as_secs(), took.subsec_millis() / 10);
    row(&format!("{round}: {what} in the node, s"), &seconds, "");
    let p95 = percentile(&latencies, 95);
    row(&format!("{round}: page meanwhile, p95 at 200 a second"), &p95, beside);
    Ok(result?)
}

fn enough_after(time: Duration) -> impl Fn() -> bool {
    let begun = std::time::Instant::now();
    move || begun.elapsed() >= time
}

/// The first answer sets the problem in order; those after it have it there.
fn answers(hosted: &Hosted) -> Result<(), Box<dyn Error>> {
    let mut took = Vec::new();
    for unit in 1..=ANSWERS + 1 {
        let (told, time) = timed(|| hosted.told(Id::new(1), Pass::First, Id::new(unit)));
        told?.ok_or("the plan has no answer")?;
        took.push(time);
    }
    let first = took.first().copied().unwrap_or_default();
    let mut others = took.split_off(1);
    others.sort_unstable();
    let what = "a round of 100 000 offers and needs: why, and what would help, for a unit";
    row(
        what,
        &percentile(&others, 50),
        &format!("the first one asked {}", percentile(&[first], 50)),
    );
    Ok(())
}

/// Serves the node's pages on this machine; gives the address.
fn serve(node: Arc<Node>) -> Result<String, Box<dyn Error>> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?.to_string();
    let runtime = tokio::runtime::Runtime::new()?;
    thread::spawn(move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, ::pages::router(node)).await
        })
    });
    Ok(address)
}

/// Makes a data directory with a federation of 1,000 units and a round that takes offers and needs.
fn prepare(folder: &Path) -> Result<Opened, Box<dyn Error>> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let now = Time::from_seconds(i64::try_from(since)?).ok_or("a moment")?;
    let mut village = Village::found(now.plus_seconds(-5 * 86_400))?;
    village.join(NEWCOMERS)?;
    for newcomer in 0..NEWCOMERS {
        village.back(newcomer % FOUNDERS, FOUNDERS + newcomer)?;
    }
    let versions = (0..VERSIONS).map(|at| village.specify(at % FOUNDERS, &format!("thing {at}")));
    let versions = { versions }.collect::<Result<Vec<_>, _>>()?;
    let opened = village.say(0, Act::OpenRound {});
    let mut chance = Chance(42);
    for nth in 0..WISHES {
        let (unit, version) = (chance.below(FOUNDERS + NEWCOMERS), chance.below(VERSIONS));
        let version = versions.get(version).copied().ok_or("no version is there")?;
        village.say(unit, wish(nth, version, &mut chance)?);
    }
    std::fs::create_dir_all(folder)?;
    let key = Node::open(folder)?.keys().host_key()?;
    let said = std::mem::take(&mut village.said);
    record(&folder.join("federations").join("measured.sqlite"), key, said)?;
    Ok((village, Ref::new(opened, 0), versions))
}

/// A federation with a round that takes offers and needs, and what can be offered.
type Opened = (Village, Ref<Round>, Vec<Ref<Version>>);

/// More needs of the same kind.
struct More {
    chance: Chance,
    versions: Vec<Ref<Version>>,
}

impl More {
    fn need(&mut self, village: &mut Village) -> Result<Submission, Box<dyn Error>> {
        let unit = self.chance.below(FOUNDERS + NEWCOMERS);
        let version = self.versions.get(self.chance.below(self.versions.len()));
        let need = wish(1, *version.ok_or("no version is there")?, &mut self.chance)?;
        village.say(unit, need);
        Ok(village.said.pop().ok_or("nothing was said")?.signed.into())
    }
}

/// Lets the window pass, and closes the round.
fn close(village: &mut Village, hosted: &Hosted, round: Ref<Round>) -> Result<(), Box<dyn Error>> {
    village.wait(73);
    for witness in 1..4 {
        village.say(witness, Act::AttestTime {});
    }
    village.say(0, Act::CloseRound(CloseRound { round }));
    for said in std::mem::take(&mut village.said) {
        hosted.submit_and_wait(said.signed.into())?;
    }
    village.wait(1);
    Ok(())
}

/// Every other is a need.
fn wish(nth: usize, version: Ref<Version>, chance: &mut Chance) -> Result<Act, Box<dyn Error>> {
    let whole = i64::try_from(1 + chance.below(20))?;
    let wish = WishAct {
        versions: vec![version],
        quantity: Quantity::from_steps(whole * 1000).ok_or("a quantity")?,
        value_max: None,
        stands_for: StandsFor::Rounds,
        consent: Consent::Standing,
        every_days: None,
        from: None,
        until: None,
        area: None,
    };
    Ok(match nth % 2 {
        0 => Act::Offer(wish),
        _ => Act::Need(WishAct { value_max: Some(Value::parse("0:40")?), ..wish }),
    })
}

/// Records what was said, each statement at its own time.
fn record(file: &Path, key: SigningKey, said: Vec<Said>) -> Result<(), Box<dyn Error>> {
    let mut said = said.into_iter().peekable();
    let founding = said.next().ok_or("nothing was said")?;
    let (mut host, _) = Host::found(file, key, founding.statement.time, founding.signed.into())?;
    while let Some(first) = said.peek() {
        let now = first.statement.time;
        let mut batch = Vec::new();
        while let Some(one) = said.next_if(|one| one.statement.time == now && batch.len() < 1024) {
            batch.push(Submission::from(one.signed));
        }
        for accepted in host.submit(now, batch)? {
            accepted?;
        }
    }
    Ok(host.snapshot()?)
}

/// Numbers that are the same on every machine (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let count = u64::try_from(count.max(1)).unwrap_or(1);
        usize::try_from((self.0 >> 11) % count).unwrap_or(0)
    }
}
