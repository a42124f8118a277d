//! The routes: each names who may use it, and is known to a table that a test walks and the API's document is made from.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use rules::core::crew::Role;

use super::gate::{Gate, Guard, admit};
use crate::http::openapi::{About, Described, Operation};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// Those whose role is among these.
    Only(&'static [Role]),
}

/// Everyone who is signed in.
pub const EVERYONE: Access = Access::Only(&Role::ALL);
/// Those who do or lead the work.
pub const FLOOR: Access = Access::Only(&[Role::Student, Role::Instructor]);
/// Those who lead it.
pub const INSTRUCTOR: Access = Access::Only(&[Role::Instructor]);
/// Those who keep the devices, and those who lead.
pub const DEVICES: Access = Access::Only(&[Role::Technician, Role::Instructor]);

/// One line of the route table.
#[derive(Clone, Debug)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path, with `{name}` for its parameters.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What the API's document says of it; none for pages.
    pub operation: Option<Operation>,
}

/// Routes, every one with an [`Access`], and the table of them.
pub struct Routes<S> {
    handlers: Vec<MethodRouter<S>>,
    table: Vec<Route>,
}

impl<S> Default for Routes<S> {
    fn default() -> Self {
        Self {
            handlers: Vec::new(),
            table: Vec::new(),
        }
    }
}

impl<S> Routes<S>
where
    S: Clone + Send + Sync + 'static,
{
    /// Adds a page that is read.
    #[must_use]
    pub fn get<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, S>) -> Self {
        self.add(Method::GET, path, access, None, handler)
    }

    /// Adds a form's target, which changes something.
    #[must_use]
    pub fn post<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, S>) -> Self {
        self.add(Method::POST, path, access, None, handler)
    }

    /// Adds a route of the API that reads. What it takes and gives stands in the handler's signature.
    #[must_use]
    pub fn api_get<T, H>(self, path: &'static str, access: Access, handler: H, about: &'static About) -> Self
    where
        T: 'static,
        H: Handler<T, S> + Described<T>,
    {
        self.add(Method::GET, path, access, Some(Operation::of::<T, H>(about)), handler)
    }

    /// Adds a route of the API that changes something.
    #[must_use]
    pub fn api_post<T, H>(self, path: &'static str, access: Access, handler: H, about: &'static About) -> Self
    where
        T: 'static,
        H: Handler<T, S> + Described<T>,
    {
        self.add(Method::POST, path, access, Some(Operation::of::<T, H>(about)), handler)
    }

    fn add<T: 'static>(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        operation: Option<Operation>,
        handler: impl Handler<T, S>,
    ) -> Self {
        let filter = if method == Method::GET {
            MethodFilter::GET
        } else {
            MethodFilter::POST
        };
        self.handlers.push(on(filter, handler));
        self.table.push(Route {
            method,
            path,
            access,
            operation,
        });
        self
    }

    /// The table of them.
    pub fn table(&self) -> &[Route] {
        &self.table
    }

    /// The router, with the gate before every route, and its table.
    pub fn behind(self, gate: &Gate) -> (Router<S>, Vec<Route>) {
        let mut router = Router::new();
        for (handler, route) in self.handlers.into_iter().zip(&self.table) {
            let guard = Guard {
                gate: gate.clone(),
                access: route.access,
            };
            router = router.route(route.path, handler.route_layer(from_fn_with_state(guard, admit)));
        }
        (router, self.table)
    }
}
