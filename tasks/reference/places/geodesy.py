"""Distances and displacements on the sphere."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in kilometres."""
    p1, p2 = radians(lat1), radians(lat2)
    half = (
        sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def displaced(
    lat: float, lon: float, bearing_deg: float, km: float
) -> tuple[float, float]:
    """Return the point `km` away in a compass direction."""
    angle, bearing = km / EARTH_RADIUS_KM, radians(bearing_deg)
    p1, l1 = radians(lat), radians(lon)
    p2 = asin(sin(p1) * cos(angle) + cos(p1) * sin(angle) * cos(bearing))
    l2 = l1 + atan2(sin(bearing) * sin(angle) * cos(p1), cos(angle) - sin(p1) * sin(p2))
    return round(degrees(p2), 4), round((degrees(l2) + 540) % 360 - 180, 4)
