//! A form that one of our pages posted: it carries its session's token.

use axum::extract::{FromRequest, RawForm, Request};
use rules::core::sentence::Sentence;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;
use super::gate::Visitor;

/// A posted form, its token checked.
pub struct Form<T>(pub T);

/// A form that carries its token alone.
#[derive(Deserialize)]
pub struct Empty {}

#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    form_token: String,
}

impl<S, T> FromRequest<S> for Form<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
        let bad = |_| Fault::Bad(Sentence::new("fault.form"));
        let RawForm(body) = RawForm::from_request(request, state)
            .await
            .map_err(|_| Fault::Bad(Sentence::new("fault.form")))?;
        // Who is not signed in has no session that another site could misuse.
        if visitor.token.is_some() {
            let carried: Carried = serde_urlencoded::from_bytes(&body).map_err(bad)?;
            if carried.form_token != visitor.form_token() {
                return Err(Fault::Elsewhere);
            }
        }
        serde_urlencoded::from_bytes(&body).map(Self).map_err(bad)
    }
}
