use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand};
use federation::act::{FormCircle, JoinCircle, LeaveCircle, PostAct};
use federation::rows::Circle;
use federation::{Act, Name, Prose};
use node::words_body;
use serde_json::Value;

use crate::named::find;
use crate::reach::{At, Reach};
use crate::undone::Undone;
use crate::{shown, written};

/// Circles: people from any units, with a page and a bulletin and no power.
#[derive(Args)]
#[command(after_help = "Examples:
  artel circle list
  artel circle form \"Readers of the valley\" --about \"A book a month\"
  artel circle join \"Readers of the valley\"
  artel circle post 1 \"Who brings the tea?\"
  artel circle show 1")]
pub(crate) struct Circles {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// All circles.
    List,
    /// One circle, by name or number, with its bulletin.
    Show { circle: String },
    /// Form a circle.
    Form {
        /// What it is called, unlike any other.
        #[arg(value_parser = written::name)]
        name: Name,
        /// What it is for.
        #[arg(long, default_value = "", value_parser = written::prose)]
        about: Prose,
    },
    /// Join a circle; nobody has to agree.
    Join { circle: String },
    /// Leave a circle.
    Leave { circle: String },
    /// Write on a circle's bulletin.
    Post { circle: String, words: String },
}

const COLUMNS: &[shown::Column] =
    &[("circle", "number"), ("name", "name"), ("what for", "about"), ("since", "since")];

impl Circles {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let named = |circle: &str| Ok::<_, Undone>(find::<Circle>(&reach, circle)?.named);
        let act = match &self.what {
            What::List => {
                shown::list(&reach.rows("circles", "")?, COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Show { circle } => return show(&reach, circle),
            What::Form { name, about } => {
                Act::FormCircle(FormCircle { name: name.clone(), about: about.clone() })
            }
            What::Join { circle } => Act::JoinCircle(JoinCircle { circle: named(circle)? }),
            What::Leave { circle } => Act::LeaveCircle(LeaveCircle { circle: named(circle)? }),
            What::Post { circle, words } => {
                let body = words_body(words)?;
                let act = PostAct { circle: named(circle)?, words: body.id() };
                return reach.act(&Act::Post(act), &[STANDARD.encode(body.to_bytes())]);
            }
        };
        reach.act(&act, &[])
    }
}

/// A circle, with the words of its bulletin for those who may read them.
fn show(reach: &Reach, circle: &str) -> Result<(), Undone> {
    let mut row = find::<Circle>(reach, circle)?.row;
    for post in row["posts"].as_array_mut().into_iter().flatten() {
        let number = post.as_u64().and_then(|number| u32::try_from(number).ok());
        let mut told = reach.row("posts", number.unwrap_or(u32::MAX))?;
        let path = format!("/bodies/{}", told["body"].as_str().unwrap_or_default());
        if let Ok(body) = reach.get(&reach.of_federation(&path)?) {
            told["words"] = match body["erased"].is_null() {
                true => body["text"].clone(),
                false => Value::from("taken back by their author"),
            };
        }
        if let Some(fields) = told.as_object_mut() {
            fields.retain(|name, _| ["at", "by", "by_name", "words"].contains(&name.as_str()));
        }
        *post = told;
    }
    shown::one(&row, reach.prints_json());
    Ok(())
}
