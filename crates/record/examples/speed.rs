//! Prints how fast a record takes, verifies and opens entries, for `./bench`: three columns
//! divided by tabs. The first argument is the number of entries (200,000 if none is given).

use std::path::Path;
use std::time::Instant;

use federation::act::{Found, FoundingMember, FoundingRow, HeldBy, NewKey};
use federation::{Act, FederationId, Line, Name, Pact, PersonId, Statement, Time};
use measure::Hours;
use record::{Host, RecordFile, SigningKey, Submission, sign_statement, verify};

type Failed = Box<dyn std::error::Error>;

/// Submissions that are made durable together.
const BATCH: usize = 1000;

fn main() -> Result<(), Failed> {
    let entries = std::env::args().nth(1).map_or(Ok(200_000), |count| count.parse())?;
    let directory = std::env::temp_dir().join(format!("artel-speed-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let measured = measure(&directory.join("speed.artel"), entries);
    std::fs::remove_dir_all(&directory)?;
    measured
}

fn measure(database: &Path, entries: u64) -> Result<(), Failed> {
    let member = Member { key: SigningKey::from_seed([1; 32]), person: PersonId([1; 16]) };
    let now = Time::from_seconds(1_777_622_400).ok_or("a time out of range")?;
    let founding = member.says(0, now, member.founding()?);
    let (mut host, _) = Host::found(database, member.key.clone(), now, founding)?;
    let signed: Vec<_> =
        (1..entries).map(|serial| member.says(serial, now, Act::AttestTime {})).collect();
    let begun = Instant::now();
    for batch in signed.chunks(BATCH) {
        for accepted in host.submit(now, batch.to_vec())? {
            accepted?;
        }
    }
    row("signed acts taken durably a second, without HTTP", entries, begun, "at least 8000");
    host.snapshot()?;
    drop(host);

    let begun = Instant::now();
    let verified = verify(&mut RecordFile::open(database)?, None, |_, _| {})?;
    row("entries verified a second", verified.size, begun, "at least 25000");

    let begun = Instant::now();
    let host = Host::open(database, member.key.clone())?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("open {} entries from a snapshot, s\t{seconds:.2}\tat most 2 for 10⁶", verified.size);
    drop(host);
    Ok(())
}

fn row(what: &str, count: u64, begun: Instant, beside: &str) {
    let seconds = begun.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a figure for people to read")]
    let a_second = count as f64 / seconds;
    println!("{what}\t{a_second:.0}\t{beside}");
}

struct Member {
    key: SigningKey,
    person: PersonId,
}

impl Member {
    fn says(&self, serial: u64, time: Time, act: Act) -> Submission {
        let (person, key) = (self.person, self.key.public());
        let federation = FederationId([7; 32]);
        let statement =
            Statement { form: 1, federation, person, key, serial, seen: None, time, act };
        sign_statement(&self.key, &statement).into()
    }

    fn founding(&self) -> Result<Act, Failed> {
        let key = NewKey { key: self.key.public(), held_by: HeldBy::Node };
        let row = FoundingRow {
            name: Name::parse("Bakery")?,
            place: Line::parse("")?,
            counted_members: 3,
            base: Hours::whole(60),
            opening: Hours::ZERO,
            members: vec![FoundingMember { person: self.person, key: Some(key), about: None }],
        };
        let (name, pact) = (Name::parse("Valley")?, Pact::default());
        let (rows, host) = (vec![row], self.person);
        Ok(Act::Found(Box::new(Found { name, pact, rows, host })))
    }
}
