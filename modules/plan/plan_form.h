/* The review page: a draft as a form and back, and its source beside it. */
#pragma once
#include "modules/plan/plan.h"

/* Takes what was typed over `draft`; a field that was changed is no longer doubtful, a changed time is read anew. */
void review_take_form(struct request *r, struct plan_draft *draft);

/* Puts header fields, rows "tasks" and counts. errors: of the last try, or NULL. */
void review_put_draft(struct request *r, const struct plan_import *import, const struct plan_draft *draft,
                      const struct field_error *errors);

/* Puts rows "blocks", "lines" and "cells": the document as it was read, passages of tasks marked. */
enum err review_put_source(struct request *r, const struct plan_import *import, const struct plan_draft *draft);
