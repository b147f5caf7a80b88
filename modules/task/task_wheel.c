/* The wheel of the desk: six blades, each filled outwards by the share of a reform field that is done. */
#include "modules/task/task_inner.h"

struct point {
    double x, y;
};

/* Corners of the blades, clockwise from the top right, in a box of 24: outer, outer, inner, inner. */
static const struct point blades[6][4] = {
    { { 12.38, 0.84 }, { 21.65, 6.19 }, { 17.88, 9.38 }, { 13.24, 5.63 } },
    { { 21.85, 6.75 }, { 21.85, 17.45 }, { 17.21, 15.78 }, { 18.14, 9.89 } },
    { { 21.47, 17.91 }, { 12.21, 23.26 }, { 11.33, 18.40 }, { 16.90, 16.26 } },
    { { 11.62, 23.16 }, { 2.35, 17.81 }, { 6.12, 14.62 }, { 10.76, 18.37 } },
    { { 2.15, 17.25 }, { 2.15, 6.55 }, { 6.79, 8.22 }, { 5.86, 14.11 } },
    { { 2.53, 6.09 }, { 11.79, 0.74 }, { 12.67, 5.60 }, { 7.10, 7.74 } },
};

static struct point between(struct point inner, struct point outer, double share)
{
    return (struct point){ inner.x + (outer.x - inner.x) * share, inner.y + (outer.y - inner.y) * share };
}

static const char *path(struct ctx *c, const struct point *b, double share)
{
    struct point first = between(b[3], b[0], share), second = between(b[2], b[1], share);
    return arena_printf(c->arena, "M%.2f %.2fL%.2f %.2fL%.2f %.2fL%.2f %.2fZ", first.x, first.y, second.x, second.y, b[2].x,
                        b[2].y, b[3].x, b[3].y);
}

void task_put_progress(struct request *r, struct rows *areas)
{
    struct ctx *c = r->c;
    int64_t all = 0, all_done = 0;
    for (int i = 0; i < areas->count && i < 6; i++) {
        int64_t total = cell_int(areas, i, "total"), done = cell_int(areas, i, "done");
        double share = total == 0 ? 0 : (double)done / (double)total;
        all += total, all_done += done;
        task_set_cell(areas, i, "track", path(c, blades[i], 1));
        task_set_cell(areas, i, "fill", path(c, blades[i], share));
    }
    put_rows(r, "areas", areas);
    put_int(r, "total", all);
    put_int(r, "done", all_done);
    put_int(r, "percent", all == 0 ? 0 : all_done * 100 / all);
}
