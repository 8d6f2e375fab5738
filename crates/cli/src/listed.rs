use clap::Args;
use federation::rows::Unit;

use crate::named::find;
use crate::reach::Reach;
use crate::undone::Undone;

/// Which rows are listed.
#[derive(Args)]
pub(crate) struct Listed {
    /// Also what is over.
    #[arg(long)]
    all: bool,
    /// Only of this unit, by number or name.
    #[arg(long)]
    unit: Option<String>,
}

impl Listed {
    /// The filter that an address carries.
    pub(crate) fn filter(&self, reach: &Reach) -> Result<String, Undone> {
        let open = if self.all { "" } else { "&open=true" };
        let Some(unit) = &self.unit else { return Ok(open.to_owned()) };
        let unit = find::<Unit>(reach, unit)?;
        Ok(format!("{open}&unit={}", unit.row["number"]))
    }
}
