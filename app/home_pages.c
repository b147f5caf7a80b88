/* The front page: whose installation this is, what it is for, and the way in. */
#include "app/home.h"

static enum err show(struct request *r)
{
    return page(r, "home.html");
}

const struct route home_routes[] = {
    { .method = "GET", .path = "/", .access = ANYONE, .run = show, .keep = true },
    { 0 },
};
