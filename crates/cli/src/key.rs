use std::io::{BufRead, IsTerminal};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand, ValueEnum};
use federation::act::{
    AddKey, HeldBy, Introduce, NameHelpers, NewKey, RecoverKey, RevokeKey, VetoRecovery,
};
use federation::{Act, BodyId, PublicKey};
use node::About;
use serde_json::json;

use crate::named::person;
use crate::reach::{At, Reach};
use crate::said::say;
use crate::settings::Settings;
use crate::shown;
use crate::undone::Undone;

/// Sessions, keys, and what is said about you.
#[derive(Args)]
#[command(after_help = "Examples:
  artel key sign-in rosa
  artel key show
  artel key add 5f0c…e1 --held-by device
  artel key revoke 5f0c…e1
  artel key helpers Olga Karim Anna --needed 2
  artel key recover Rosa 5f0c…e1
  artel key veto 5f0c…e1
  artel key introduce \"Rosa\" --contact \"the bakery, in the mornings\"

The passphrase is asked for, or read from the first line of the input.")]
pub(crate) struct Keys {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make yourself known at the node, with a name and a passphrase.
    SignUp { name: String },
    /// Begin a session, and keep its token in your settings.
    SignIn { name: String },
    /// Begin a session as anybody, at a demonstration.
    ActAs {
        /// The person's number; `artel unit members` shows them.
        person: u32,
    },
    /// End the session.
    SignOut,
    /// Who you are, where, and which keys act for you.
    Show,
    /// Add a key of yours.
    Add {
        key: PublicKey,
        /// Who holds its private half.
        #[arg(long, value_enum, default_value = "device")]
        held_by: Holder,
    },
    /// Take a key of yours out of use.
    Revoke { key: PublicKey },
    /// Name who can help you to a new key, should you lose all: 3 to 9 people.
    Helpers {
        /// By name, number or id.
        #[arg(required = true)]
        people: Vec<String>,
        /// How many of them must sign.
        #[arg(long, default_value_t = 2)]
        needed: u8,
    },
    /// New keys on their way to people who have lost theirs.
    Recoveries,
    /// Sign a new key for somebody who has named you as a helper. Sign only if you have spoken to
    /// them.
    Recover {
        /// For whom, by name, number or id.
        person: String,
        /// The public half of their new key.
        key: PublicKey,
        /// Who holds its private half.
        #[arg(long, value_enum, default_value = "device")]
        held_by: Holder,
    },
    /// Say no to a key that is to replace yours. It then takes seven days, and two thirds of your
    /// helpers.
    Veto { key: PublicKey },
    /// Say who you are; only members see it, and you can erase it.
    Introduce {
        name: String,
        /// How to reach you.
        #[arg(long, default_value = "")]
        contact: String,
        /// What else there is to say.
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Erase words or a picture by or about you.
    Erase { body: BodyId },
}

#[derive(Clone, Copy, ValueEnum)]
enum Holder {
    Device,
    Node,
}

const RECOVERY_COLUMNS: &[shown::Column] =
    &[("for", "person_name"), ("person", "person"), ("key", "key"), ("how far", "says")];

impl Holder {
    const fn held_by(self) -> HeldBy {
        match self {
            Self::Device => HeldBy::Device,
            Self::Node => HeldBy::Node,
        }
    }
}

impl Keys {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let act = match &self.what {
            What::SignUp { name } => return self.begin(&reach, "/readers", name),
            What::SignIn { name } => return self.begin(&reach, "/sessions", name),
            What::ActAs { person } => {
                let path = reach.of_federation("/sessions-as")?;
                return self.keep(&reach, &reach.post(&path, &json!({ "person": person }))?);
            }
            What::SignOut => return sign_out(&reach),
            What::Show => {
                let mut session = reach.get("/session")?;
                if let Some(person) = person_here(&reach, &session)? {
                    session["keys"] = person["keys"].clone();
                }
                shown::one(&session, reach.prints_json());
                return Ok(());
            }
            What::Erase { body } => {
                let path = reach.of_federation("/erasures")?;
                reach.post(&path, &json!({ "body": body }))?;
                say!("It is erased here; the record still verifies.");
                return Ok(());
            }
            What::Introduce { name, contact, words } => {
                let (name, contact, words) = (name.clone(), contact.clone(), words.clone());
                let body = About { name, contact, words }.to_body()?;
                let act = Act::Introduce(Introduce { about: body.id() });
                return reach.act(&act, &[STANDARD.encode(body.to_bytes())]);
            }
            What::Add { key, held_by } => {
                Act::AddKey(AddKey { key: NewKey { key: *key, held_by: held_by.held_by() } })
            }
            What::Recoveries => {
                let rows = reach.rows("recoveries", "")?;
                shown::list(&rows, RECOVERY_COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Helpers { people, needed } => {
                let helpers = people.iter().map(|text| person(&reach, text));
                let helpers = helpers.collect::<Result<_, _>>()?;
                Act::NameHelpers(NameHelpers { helpers, needed: *needed })
            }
            What::Recover { person: named, key, held_by } => {
                let key = NewKey { key: *key, held_by: held_by.held_by() };
                Act::RecoverKey(RecoverKey { person: person(&reach, named)?, key })
            }
            What::Veto { key } => Act::VetoRecovery(VetoRecovery { key: *key }),
            What::Revoke { key } => Act::RevokeKey(RevokeKey { key: *key }),
        };
        reach.act(&act, &[])
    }

    fn begin(&self, reach: &Reach, path: &str, name: &str) -> Result<(), Undone> {
        let passphrase = passphrase()?;
        let answer = reach.post(path, &json!({ "name": name, "passphrase": passphrase }))?;
        self.keep(reach, &answer)
    }

    /// Keeps the token of a session that has begun.
    fn keep(&self, reach: &Reach, answer: &serde_json::Value) -> Result<(), Undone> {
        let token = answer["token"].as_str().map(str::to_owned);
        let mut settings = Settings::read()?;
        settings.node = Some(reach.node().to_owned());
        settings.federation = self.at.federation.clone().or(settings.federation);
        settings.token = token;
        settings.write()?;
        say!("Signed in at {} until {}.", reach.node(), shown::shown(answer, "until"));
        Ok(())
    }
}

/// The row of whoever is signed in, in the federation that is meant; none outside one.
fn person_here(
    reach: &Reach,
    session: &serde_json::Value,
) -> Result<Option<serde_json::Value>, Undone> {
    let Ok(federation) = reach.federation() else { return Ok(None) };
    let mut seats = session["seats"].as_array().into_iter().flatten();
    let number = seats.find_map(|seat| {
        let here = seat["federation"].as_str()?.starts_with(&federation);
        seat["person_number"].as_u64().filter(|_| here)
    });
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.map(|number| reach.row("persons", number)).transpose()
}

fn sign_out(reach: &Reach) -> Result<(), Undone> {
    let ended = reach.delete("/session");
    let mut settings = Settings::read()?;
    if settings.token.take().is_some() {
        settings.write()?;
    }
    ended?;
    say!("Signed out.");
    Ok(())
}

/// Asks for the passphrase without showing it, or reads the first line of what is piped in.
fn passphrase() -> Result<String, Undone> {
    if std::io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password("passphrase: ")?);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
