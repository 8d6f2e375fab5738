use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Response};
use federation::act::HeldBy;
use federation::rows::{Recovery, Waiting};
use federation::{Federation, PublicKey};
use node::Failed;
use node::words::recovery_words;

use crate::doors::{go, reader, sign_in_fields};
use crate::field::{Field, Input};
use crate::frame::Frame;
use crate::given::Given;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::scan;

/// Somebody without any key makes a new one here, and hands its public half to their helpers. The
/// pages say nothing about anybody, so that they can be open to whoever has lost their keys.
#[derive(Template)]
#[template(path = "recover.html")]
struct RecoverPage {
    frame: Frame,
    base: String,
    name: String,
    federation: String,
    fields: Vec<Field>,
    elsewhere: Vec<Field>,
}

#[derive(Template)]
#[template(path = "recovery.html")]
struct RecoveryPage {
    frame: Frame,
    name: String,
    key: Vec<String>,
    link: String,
    picture: String,
    how: String,
    next: &'static str,
    in_use: bool,
}

pub(crate) async fn show(here: Here) -> Response {
    html(&first_page(&here, &here.visit.query, None))
}

fn first_page(here: &Here, given: &Given, failed: Option<&Failed>) -> RecoverPage {
    let frame = Frame::outside(&here.visit, "I have lost my keys");
    let fields = match &here.visit.session {
        None => sign_in_fields().to_vec(),
        Some(_) => Vec::new(),
    };
    let filled = |field: Field| match &*field.name {
        "passphrase" => field,
        name => {
            let value = given.text(name);
            field.with(value)
        }
    };
    RecoverPage {
        frame: match failed {
            Some(failed) => frame.refused(failed.to_string()),
            None => frame,
        },
        base: here.base.clone(),
        name: here.at.name.clone(),
        federation: here.hosted.id().to_string(),
        fields: fields.into_iter().map(filled).collect(),
        elsewhere: vec![
            Field::line("key", "Public half of that key")
                .hint("64 digits and letters.")
                .with(given.text("key"))
                .must(),
        ],
    }
}

/// Makes a key that the node keeps, or goes on with one that was made elsewhere.
pub(crate) async fn begin(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    match begun(&here, &given) {
        Ok(response) => Ok(response),
        Err(Oops(failed @ Failed::Refused { .. })) => {
            let page = html(&first_page(&here, &given, Some(&failed)));
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(oops) => Err(oops),
    }
}

fn begun(here: &Here, given: &Given) -> Result<Response, Oops> {
    if given.raw("way") == "device" {
        let key = public_key(&given.text("key"))?;
        return go(&format!("{}/recover/{key}?held_by=device", here.base), None);
    }
    let (reader, session) = reader(&here.visit, given)?;
    let key = here.hosted.make_key_for_recovery(here.visit.node.keys(), reader)?;
    go(&format!("{}/recover/{key}?held_by=node", here.base), session.as_ref())
}

fn public_key(text: &str) -> Result<PublicKey, Failed> {
    let wrong = |wrong: federation::WrittenWrong| {
        Failed::refused("key-name", format!("the key: {wrong}; copy all of it"))
    };
    text.parse().map_err(wrong)
}

/// How far a new key is, and what to hand to the helpers.
pub(crate) async fn how_far(here: Here) -> Result<Response, Oops> {
    let key = public_key(here.path("key"))?;
    here.hosted.take_up_recovered(here.visit.node.keys())?;
    let kept = here.visit.query.raw("held_by") == "node";
    let held_by = if kept { "node" } else { "device" };
    let path = format!("{}/do/recover-key?key={key}&held_by={held_by}", here.base);
    let link = format!("{}{path}", here.visit.origin);
    let (in_use, how, next) = here.read(|state| standing(state, key))?;
    let mut frame = Frame::outside(&here.visit, "A new key");
    frame.receipt = None;
    Ok(html(&RecoveryPage {
        frame,
        name: here.at.name.clone(),
        key: in_groups(&key.to_string()),
        picture: scan::picture(&link),
        link,
        how,
        next,
        in_use,
    }))
}

/// A key in groups that two people can read to each other.
pub(crate) fn in_groups(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(8).map(|group| group.iter().collect()).collect()
}

/// Whether a key is in use, how far it is, and what comes next.
fn standing(state: &Federation, key: PublicKey) -> (bool, String, &'static str) {
    if let Some(row) = state.key(key) {
        return match row.revoked {
            None => (true, format!("Your new key is in use since {} UTC.", row.since), ""),
            Some(at) => {
                (false, format!("This key went out of use on {at} UTC."), "Make another one.")
            }
        };
    }
    let Some(row) = state.recoveries().find(|row| row.key.key == key) else {
        let next = "Hand it to your helpers: those whom you named on My keys and data.";
        return (false, "No helper has signed this key yet.".to_owned(), next);
    };
    (false, format!("{}.", capital(&recovery_words(row))), next_step(row))
}

const fn next_step(row: &Recovery) -> &'static str {
    match row.waiting {
        Waiting::Signatures => "Hand it to the others whom you have named.",
        Waiting::Veto { .. } => {
            "You have nothing to do until then. Whoever has one of your old keys can say no; it then \
             takes seven days."
        }
        Waiting::SecondPetition { .. } => {
            "If it was not you who said no, ask your helpers to open the link once more and sign again."
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.map_or_else(String::new, |first| first + letters.as_str())
}

/// Who holds the key that helpers are to sign, as the link to them says.
pub(crate) fn held_by(given: &Given) -> HeldBy {
    match given.raw("held_by") {
        "node" => HeldBy::Node,
        _ => HeldBy::Device,
    }
}
