from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageCms

from valuer.reports.colour_profile import srgb


def test_the_profile_means_what_the_standard_means():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    theirs = ImageCms.createProfile("sRGB")
    gradient = Image.linear_gradient("L")
    bands = [gradient, gradient.rotate(90), gradient.rotate(180)]
    picture = Image.merge("RGB", bands)
    transform = ImageCms.buildTransform(ours, theirs, "RGB", "RGB")
    seen = ImageCms.applyTransform(picture, transform)
    differences = ImageChops.difference(picture, seen).getextrema()
    assert max(high for _, high in differences) <= 1


def test_the_profile_has_a_name_and_is_always_the_same():
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    assert ImageCms.getProfileName(profile).strip() == "sRGB IEC61966-2.1"
    assert srgb() == srgb()
    assert int.from_bytes(srgb()[:4], "big") == len(srgb())
