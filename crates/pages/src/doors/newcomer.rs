use axum::extract::Form;
use axum::response::Response;
use federation::{Line, Name};
use node::Failed;

use crate::doing::FormView;
use crate::doors::invite::about;
use crate::doors::{form_page, go, reader, sign_in_fields};
use crate::field::Field;
use crate::frame::Frame;
use crate::given::Given;
use crate::here::Here;
use crate::oops::Oops;

fn form(here: &Here) -> FormView {
    let mut fields = vec![
        Field::line("unit", "What is your unit called?")
            .hint("You alone can be a unit, too.")
            .must(),
        Field::line("place", "Where is it?").hint("You can leave this empty."),
        Field::line("name", "Your name").must(),
        Field::line("contact", "How can others reach you?").hint("You can leave this empty."),
    ];
    if here.visit.session.is_none() {
        fields.extend(sign_in_fields());
    }
    FormView {
        name: "",
        title: format!("Join {} with a unit", here.at.name),
        says: "Sign the pact, and your unit has a voice at once: it may offer, need, contract and \
               deliver. It gives first, or others back it. You can leave at any time. This node will \
               keep a key for you, and say so on everything it signs."
            .to_owned(),
        facts: Vec::new(),
        links: Vec::new(),
        fields,
        action: format!("{}/join", here.base),
        button: "Sign the pact".to_owned(),
        back: here.base.clone(),
    }
}

pub(crate) async fn show(here: Here) -> Response {
    form_page(Frame::inside(&here, "Join", "/join"), form(&here), &here.visit.query, None)
}

pub(crate) async fn enter(
    here: Here,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    here.visit.check_form(&given)?;
    match join(&here, &given).await {
        Ok(response) => Ok(response),
        Err(Oops(failed @ (Failed::Refused { .. } | Failed::Missing { .. }))) => {
            let frame = Frame::inside(&here, "Join", "/join");
            Ok(form_page(frame, form(&here), &given, Some(&failed)))
        }
        Err(oops) => Err(oops),
    }
}

async fn join(here: &Here, given: &Given) -> Result<Response, Oops> {
    let wrong = |field: &str, says: federation::TextRefused| {
        Failed::refused("name-wrong", format!("{field}: {says}"))
    };
    let unit = Name::parse(&given.text("unit")).map_err(|says| wrong("the unit's name", says))?;
    let place = Line::parse(&given.text("place")).map_err(|says| wrong("the place", says))?;
    let about = about(given)?;
    if here.me.is_some() {
        return Err(Failed::refused(
            "member-already",
            "you are a member of this federation already; leave your unit first, then join with a \
             new one on the page of your unit",
        )
        .into());
    }
    let (reader, session) = reader(&here.visit, given)?;
    let keys = here.visit.node.keys();
    let recorded = here.hosted.join_as_unit(keys, reader, (unit, place), &about).await?;
    go(&format!("{}/unit?entry={}", here.base, recorded.entry), session.as_ref())
}
