//! `artel record`: checks a whole record, from a file or from an address.

mod address;

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use federation::PublicKey;
use indicatif::{ProgressBar, ProgressStyle};
use record::{Fault, KnownBy, NotVerified, RecordFile, Source, Verified, verify};
use serde_json::json;

pub(crate) use address::Address;

#[derive(Subcommand)]
pub(crate) enum Record {
    /// Check every signature, hash, act and invariant of a record, and its checkpoint.
    ///
    /// Names the first entry that does not hold, and why. Exit codes: 0 it holds, 1 it does not,
    /// 2 there is no record to check.
    Verify(Verify),
}

#[derive(Args)]
pub(crate) struct Verify {
    /// A host's database, an exported copy, or the address (http://…) that a record is read from.
    #[arg(value_name = "FILE|URL")]
    from: String,

    /// A key that may have signed the checkpoint, besides those that the record names as the
    /// host's.
    #[arg(long, value_name = "KEY")]
    host_key: Option<PublicKey>,

    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(command: &Record) -> ExitCode {
    let Record::Verify(arguments) = command;
    let verified = if arguments.from.contains("://") {
        Address::parse(&arguments.from)
            .map_err(Into::into)
            .and_then(|mut from| check(&mut from, arguments))
    } else {
        let opened = RecordFile::open(Path::new(&arguments.from));
        opened.map_err(Into::into).and_then(|mut from| check(&mut from, arguments))
    };
    report(&verified, arguments.json)
}

fn check(from: &mut impl Source, arguments: &Verify) -> Result<Verified, NotVerified> {
    let bar = ProgressBar::no_length();
    if let Ok(style) =
        ProgressStyle::with_template("checking {wide_bar} {human_pos}/{human_len} {eta}")
    {
        bar.set_style(style);
    }
    let verified = verify(from, arguments.host_key, |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    verified
}

fn report(verified: &Result<Verified, NotVerified>, json: bool) -> ExitCode {
    if json {
        println!("{}", as_json(verified));
    }
    match verified {
        Ok(verified) => {
            if !json {
                print(verified);
            }
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("artel: {why}");
            match why {
                NotVerified::Unreadable(
                    Fault::Missing { .. } | Fault::File { .. } | Fault::CheckpointMissing { .. },
                ) => ExitCode::from(2),
                _ => ExitCode::from(1),
            }
        }
    }
}

fn print(verified: &Verified) {
    let Verified { federation, name, size, root, signed, host, host_known_by, seen_otherwise } =
        verified;
    println!(
        "the record of `{name}` holds: {size} entries, every signature, hash, act and invariant"
    );
    println!("federation {federation}\nroot       {root}\nhost key   {host}");
    if signed < size {
        println!("the host has signed for the first {signed} entries");
    }
    if *host_known_by == KnownBy::Copy {
        println!(
            "warning: only this copy says that the key is the host's; compare it with the key on a \
             receipt or on another copy"
        );
    }
    if let Some(first) = seen_otherwise.first() {
        let count = seen_otherwise.len();
        println!(
            "warning: the authors of {count} entries, first entry {first}, had seen another \
             history: compare your copy with theirs"
        );
    }
}

fn as_json(verified: &Result<Verified, NotVerified>) -> serde_json::Value {
    match verified {
        Ok(verified) => json!({
            "verified": true,
            "federation": verified.federation,
            "name": verified.name,
            "entries": verified.size,
            "root": verified.root,
            "signed": verified.signed,
            "host_key": verified.host,
            "host_key_known_by": match verified.host_known_by {
                KnownBy::Record => "record",
                KnownBy::Asker => "asker",
                KnownBy::Copy => "copy",
            },
            "seen_otherwise": verified.seen_otherwise,
        }),
        Err(why) => {
            let entry = match why {
                NotVerified::Entry { sequence, .. } => Some(sequence),
                _ => None,
            };
            json!({ "verified": false, "entry": entry, "why": why.to_string() })
        }
    }
}
